package org.nbvrollouts.pipeline.replay;

import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;
import org.nbvrollouts.store.source.Pose12;

/**
 * One row of a candidate table.
 *
 * @param worldFromCamera the pose, jitter included
 * @param component index in the mixture
 * @param family how its place was drawn
 * @param strategy where it looks
 * @param measures what the rules look at
 * @param verdict what they say
 */
public record ReplayedCandidate(
    Pose12 worldFromCamera,
    int component,
    PositionFamily family,
    ViewStrategy strategy,
    Measures measures,
    Verdict verdict) {

  /**
   * Measures of specification generation 4.8, metres and radians.
   *
   * @param isInsideExtent the centre lies in the occupancy extent, border included
   * @param meshDistance distance of the centre to the mesh
   * @param pathClearance least distance of the way to the mesh, NaN if nobody asked
   * @param heightDelta change of height, at least 0
   * @param targetBearingYaw about world y, as the store defines it
   */
  public record Measures(
      boolean isInsideExtent,
      double meshDistance,
      double pathClearance,
      double freeSpaceMargin,
      double stepLength,
      double heightDelta,
      double backwardStep,
      double yawDelta,
      double targetDistance,
      double targetBearingYaw) {

    Measures withPathClearance(double metres) {
      return new Measures(
          isInsideExtent,
          meshDistance,
          metres,
          freeSpaceMargin,
          stepLength,
          heightDelta,
          backwardStep,
          yawDelta,
          targetDistance,
          targetBearingYaw);
    }
  }

  /**
   * Outcome of the rules (specification generation 4.4, 4.7).
   *
   * @param reasonBits 1 for a valid row
   * @param primaryReason 0 for a valid row
   * @param isPathBlocked the way comes too near the mesh
   */
  public record Verdict(int reasonBits, int primaryReason, boolean isPathBlocked) {
    static final Verdict VALID = new Verdict(1, 0, false);

    static Verdict failed(int reason) {
      return new Verdict(1 << reason, reason, reason == 6);
    }
  }

  /** True if no rule objects. */
  public boolean isValid() {
    return verdict.reasonBits() == 1;
  }
}
