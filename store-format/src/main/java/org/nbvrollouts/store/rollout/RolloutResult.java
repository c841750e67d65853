package org.nbvrollouts.store.rollout;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.nbvrollouts.store.source.Pose12;

/**
 * What the rollout engine returns for one target and recipe.
 *
 * @param rootPoseWorld world-from-camera pose of the root, already twisted
 * @param trajectories retained chains in frontier order
 * @param horizon configured maximum number of steps
 * @param branchFactor configured branches per node
 * @param beamWidth retained chains, or empty for unlimited
 * @param selectionPolicy policy name
 * @param rootTimeNs capture time of the root pose
 * @param rootTrajectoryIndex index of the root pose in the trajectory
 * @param rootFrameIndex camera frame of the root
 */
public record RolloutResult(
    Pose12 rootPoseWorld,
    List<RolloutTrajectory> trajectories,
    int horizon,
    int branchFactor,
    OptionalInt beamWidth,
    String selectionPolicy,
    OptionalLong rootTimeNs,
    OptionalInt rootTrajectoryIndex,
    OptionalInt rootFrameIndex) {

  public RolloutResult {
    trajectories = List.copyOf(trajectories);
  }
}
