package org.nbvrollouts.store.source;

import java.util.List;
import java.util.Optional;

/**
 * Everything of a sample that an actor may see: it may drive target choice, candidate sampling and
 * policies (specification source 7.2, rule S-12).
 *
 * @param trajectory rig poses of the snippet
 * @param rootPoseWorldRig untwisted rig pose at which rollouts start, the last pose as a rule
 * @param referencePoseWorldRig pose for relative target poses, or empty
 * @param worldFromSnippet frame of snippet-frame boxes, or empty
 * @param gravityWorld gravity direction, or empty
 * @param calibrations RGB camera per frame, as many as poses
 * @param points semidense points
 * @param volume capture volume of the sensor, or empty
 * @param occupancyExtent bounds of free-space and fusion, world metres
 * @param detected detected boxes, or empty
 * @param voxels detector voxel evidence, or empty
 */
public record ActorEvidence(
    PoseTrajectory trajectory,
    Pose12 rootPoseWorldRig,
    Optional<Pose12> referencePoseWorldRig,
    Optional<Pose12> worldFromSnippet,
    Optional<Point3> gravityWorld,
    List<CameraCalibration> calibrations,
    SparsePoints points,
    Optional<AxisAlignedBox> volume,
    AxisAlignedBox occupancyExtent,
    Optional<BoxTable> detected,
    Optional<VoxelEvidence> voxels) {

  public ActorEvidence {
    calibrations = List.copyOf(calibrations);
    if (calibrations.size() != trajectory.size()) {
      throw new IllegalArgumentException(
          "Invalid sample: "
              + calibrations.size()
              + " calibrations for "
              + trajectory.size()
              + " poses (expected one each)");
    }
  }
}
