package org.nbvrollouts.store.source;

import java.util.List;

/**
 * Rig poses of a snippet in time order.
 *
 * @param worldFromRig one pose per frame, at least one
 * @param timesNs capture times in nanoseconds, as many as poses, or empty when unknown
 */
public record PoseTrajectory(List<Pose12> worldFromRig, List<Long> timesNs) {

  public PoseTrajectory {
    worldFromRig = List.copyOf(worldFromRig);
    timesNs = List.copyOf(timesNs);
    if (worldFromRig.isEmpty()) {
      throw new IllegalArgumentException("Invalid trajectory: no poses (expected at least 1)");
    }
    if (!timesNs.isEmpty() && timesNs.size() != worldFromRig.size()) {
      throw new IllegalArgumentException(
          "Invalid trajectory: "
              + timesNs.size()
              + " times for "
              + worldFromRig.size()
              + " poses (expected one each)");
    }
  }

  public int size() {
    return worldFromRig.size();
  }

  public boolean hasTimes() {
    return !timesNs.isEmpty();
  }

  /** The last pose, which is the root of every rollout of the snippet. */
  public Pose12 last() {
    return worldFromRig.get(worldFromRig.size() - 1);
  }
}
