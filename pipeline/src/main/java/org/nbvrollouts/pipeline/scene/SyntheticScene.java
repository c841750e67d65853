package org.nbvrollouts.pipeline.scene;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SparsePoints;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * One generated home with the whole walk through it. World frame: metres, z up, floor at z = 0.
 * Immutable and thread-safe.
 */
public final class SyntheticScene {
  private final String sceneId;
  private final HomeMesher.BuiltHome home;
  private final Bvh bvh;
  private final PoseTrajectory walk;
  private final CameraCalibration calibration;
  private final List<ObjectBox> truth;
  private final List<ObjectBox> detections;
  private final SampledPoints points;
  private final AxisAlignedBox volume;

  SyntheticScene(
      String sceneId,
      HomeMesher.BuiltHome home,
      Bvh bvh,
      PoseTrajectory walk,
      List<ObjectBox> truth,
      List<ObjectBox> detections,
      SampledPoints points,
      AxisAlignedBox volume) {
    this.sceneId = sceneId;
    this.home = home;
    this.bvh = bvh;
    this.walk = walk;
    this.calibration = SyntheticCamera.calibration();
    this.truth = List.copyOf(truth);
    this.detections = List.copyOf(detections);
    this.points = points;
    this.volume = volume;
  }

  /** {@code home-000003} for scene number 3. */
  public String sceneId() {
    return sceneId;
  }

  /** Walls, floor, ceiling and all furniture. */
  public TriangleMesh mesh() {
    return home.mesh();
  }

  /** Raw rig poses (world←rig; x down, y left, z forward) at 10 Hz, with times. */
  public PoseTrajectory walk() {
    return walk;
  }

  /** The fisheye624 camera of every frame. */
  public CameraCalibration calibration() {
    return calibration;
  }

  /** A tight box per object, in world frame; image boxes are not set. */
  public BoxTable groundTruth() {
    return worldTable(truth);
  }

  /** What a noisy detector reports after the whole walk, in world frame; no image boxes. */
  public BoxTable detected() {
    return worldTable(detections);
  }

  /** Sparse points of the whole walk; the frame number is the index into the walk. */
  public SparsePoints points() {
    return points.toSparsePoints();
  }

  /** Bounds of the home, walls included. */
  public AxisAlignedBox volume() {
    return volume;
  }

  FaceOwners owners() {
    return home.owners();
  }

  Bvh bvh() {
    return bvh;
  }

  List<ObjectBox> truth() {
    return truth;
  }

  SampledPoints sampledPoints() {
    return points;
  }

  List<CameraCalibration> calibrations(int frames) {
    return Collections.nCopies(frames, calibration);
  }

  private static BoxTable worldTable(List<ObjectBox> boxes) {
    List<OrientedBox> rows = new ArrayList<>();
    for (ObjectBox box : boxes) {
      rows.add(box.toOrientedBox(Pose12.IDENTITY, ImageBox.EMPTY, rows.size()));
    }
    return new BoxTable(rows, BoxTable.Frame.WORLD, ObjectClass.names());
  }
}
