package org.nbvrollouts.pipeline.scene;

import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SparsePoints;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * One generated home with the whole walk through it. World frame: metres, z up, floor at z = 0.
 *
 * @param sceneId {@code home-000003} for scene number 3
 * @param mesh walls, floor, ceiling and all furniture
 * @param walk raw rig poses (x down, y left, z forward) at 10 Hz, with times
 * @param calibration fisheye624 camera of every frame
 * @param groundTruth a tight box per object, in world frame
 * @param detected what a noisy detector reports after the whole walk, in world frame
 * @param points sparse points of the whole walk; the frame number is the index into the walk
 * @param volume bounds of the home, walls included
 */
public record SyntheticScene(
    String sceneId,
    TriangleMesh mesh,
    PoseTrajectory walk,
    CameraCalibration calibration,
    BoxTable groundTruth,
    BoxTable detected,
    SparsePoints points,
    AxisAlignedBox volume) {}
