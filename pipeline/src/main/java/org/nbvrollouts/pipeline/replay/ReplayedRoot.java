package org.nbvrollouts.pipeline.replay;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SourceSample;

/**
 * Where and when the rollouts of a row start (specification generation 2.3 and 6.1).
 *
 * @param worldFromCamera root pose after its only twist
 * @param trajectoryIndex pose of the trajectory, empty if the root is none of them
 * @param timeNs capture time, empty if unknown
 * @param frames poses up to the root
 */
public record ReplayedRoot(
    Pose12 worldFromCamera, OptionalInt trajectoryIndex, OptionalLong timeNs, int frames) {

  static ReplayedRoot of(SourceSample sample, OptionalInt configuredFrame) {
    PoseTrajectory trajectory = sample.actor().trajectory();
    int index = configuredFrame.orElse(-1);
    for (int pose = 0; pose < trajectory.size() && configuredFrame.isEmpty(); pose++) {
      if (trajectory.worldFromRig().get(pose).equals(sample.actor().rootPoseWorldRig())) {
        index = pose;
      }
    }
    if (index < 0) {
      return new ReplayedRoot(
          twisted(sample.actor().rootPoseWorldRig()),
          OptionalInt.empty(),
          OptionalLong.empty(),
          trajectory.size());
    }
    return new ReplayedRoot(
        twisted(trajectory.worldFromRig().get(index)),
        OptionalInt.of(index),
        trajectory.hasTimes()
            ? OptionalLong.of(trajectory.timesNs().get(index))
            : OptionalLong.empty(),
        index + 1);
  }

  /** The rotation times [[0, −1, 0], [1, 0, 0], [0, 0, 1]]; the place stays. */
  private static Pose12 twisted(Pose12 rig) {
    return new Pose12(
        rig.r01(),
        -rig.r00(),
        rig.r02(),
        rig.r11(),
        -rig.r10(),
        rig.r12(),
        rig.r21(),
        -rig.r20(),
        rig.r22(),
        rig.tx(),
        rig.ty(),
        rig.tz());
  }
}
