package org.nbvrollouts.pipeline.rollout;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.nbvrollouts.pipeline.candidate.RigTwist;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SourceSample;

/**
 * Where and when the rollouts of a row start. Every pose of a trajectory has one camera frame, so
 * the frame index is the trajectory index.
 *
 * @param worldFromCamera root pose, twisted once (specification generation 2.3, requirement G-1)
 * @param trajectoryIndex pose of the trajectory, empty if the root is none of them
 * @param timeNs capture time, empty if unknown
 */
record RootFacts(Pose12 worldFromCamera, OptionalInt trajectoryIndex, OptionalLong timeNs) {

  /**
   * The root of a sample.
   *
   * @param referenceFrameIndex pose to start from instead of the sample's own root
   * @throws RefusedInputException if the trajectory has no such pose
   */
  static RootFacts of(SourceSample sample, OptionalInt referenceFrameIndex) {
    PoseTrajectory trajectory = sample.actor().trajectory();
    OptionalInt index = referenceFrameIndex;
    Pose12 worldFromRig = sample.actor().rootPoseWorldRig();
    if (index.isPresent()) {
      if (index.getAsInt() >= trajectory.size()) {
        throw new RefusedInputException(
            "Cannot start rollouts: the trajectory is too short (sample="
                + sample.identity().sampleKey()
                + ", poses="
                + trajectory.size()
                + ", reference_frame_index="
                + index.getAsInt()
                + ")");
      }
      worldFromRig = trajectory.worldFromRig().get(index.getAsInt());
    } else {
      index = lastIndexOf(trajectory.worldFromRig(), worldFromRig);
    }
    OptionalLong time =
        index.isPresent() && trajectory.hasTimes()
            ? OptionalLong.of(trajectory.timesNs().get(index.getAsInt()))
            : OptionalLong.empty();
    return new RootFacts(RigTwist.twist(worldFromRig), index, time);
  }

  /** Number of frames up to the root; all of them if the root is no pose of the trajectory. */
  int frames(PoseTrajectory trajectory) {
    return trajectoryIndex.isPresent() ? trajectoryIndex.getAsInt() + 1 : trajectory.size();
  }

  private static OptionalInt lastIndexOf(List<Pose12> poses, Pose12 pose) {
    int index = poses.lastIndexOf(pose);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }
}
