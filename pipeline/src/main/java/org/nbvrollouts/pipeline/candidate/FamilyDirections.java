package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.store.schema.PositionFamily;

/**
 * Bends a capped direction towards what a position family is about (specification generation 4.2,
 * step 3). Everything is in the sampling frame.
 */
final class FamilyDirections {
  private static final double FORWARD_SPREAD = 0.45;
  private static final double REFINEMENT_SPREAD = 0.25;
  private static final double BACKTRACK_SPREAD = 0.35;
  private static final double TARGET_SPREAD = 0.40;
  private static final double BYPASS_BEARING = 0.55;
  private static final double BYPASS_SIDE = 0.85;
  private static final double BYPASS_RISE = 0.35;
  private static final double LEAST_LENGTH = 1e-6;

  private FamilyDirections() {}

  /** True if the family is defined relative to a target. */
  static boolean needTarget(PositionFamily family) {
    return switch (family) {
      case TARGET_BEARING_LOCAL, LATERAL_TARGET_BYPASS, TARGET_ORBIT -> true;
      case UPPER_BOUND_FREE_SHELL, FORWARD_LOCAL, LOCAL_REFINEMENT, REVISIT_BACKTRACK -> false;
    };
  }

  /** Unit direction to a target; forward when the target is at the reference position. */
  static Vector3 bearing(Vector3 targetLocal) {
    return targetLocal.normalisedOr(Vector3.UNIT_Z, LEAST_LENGTH);
  }

  /**
   * Direction of a candidate.
   *
   * @param d capped direction
   * @param bearing unit direction to the target; not read by families that need none
   */
  static Vector3 direction(PositionFamily family, Vector3 d, Vector3 bearing) {
    return switch (family) {
      case UPPER_BOUND_FREE_SHELL -> d;
      case FORWARD_LOCAL -> around(Vector3.UNIT_Z, FORWARD_SPREAD, d);
      case LOCAL_REFINEMENT -> around(Vector3.UNIT_Z, REFINEMENT_SPREAD, d);
      case REVISIT_BACKTRACK -> around(Vector3.UNIT_Z.times(-1), BACKTRACK_SPREAD, d);
      case TARGET_BEARING_LOCAL -> around(bearing, TARGET_SPREAD, d);
      case LATERAL_TARGET_BYPASS -> bypass(bearing, d);
      case TARGET_ORBIT ->
          throw new IllegalArgumentException(
              "Invalid position family: target_orbit (expected a family with a direction)");
    };
  }

  private static Vector3 around(Vector3 axis, double spread, Vector3 d) {
    Vector3 bent = axis.plus(d.rejectedFrom(axis).times(spread));
    return bent.times(1 / bent.norm());
  }

  private static Vector3 bypass(Vector3 bearing, Vector3 d) {
    Vector3 side = Vector3.UNIT_Y.cross(bearing).normalisedOr(Vector3.UNIT_X, LEAST_LENGTH);
    double rise = Math.max(-BYPASS_RISE, Math.min(BYPASS_RISE, d.y()));
    Vector3 bent =
        bearing
            .times(BYPASS_BEARING)
            .plus(side.times(d.x() >= 0 ? BYPASS_SIDE : -BYPASS_SIDE))
            .plus(Vector3.UNIT_Y.times(rise));
    return bent.normalisedOr(bearing, LEAST_LENGTH);
  }
}
