package org.nbvrollouts.pipeline.candidate;

/**
 * Camera axes (x left, y up, z forward) that complete a forward direction (specification generation
 * 4.3).
 */
final class ViewAxes {
  private static final double LEAST_SIDE = 1e-6;

  private ViewAxes() {}

  /** Axes without roll: the left axis is horizontal, world x when the view is vertical. */
  static Rotation3 level(Vector3 forward) {
    Vector3 side = Vector3.WORLD_UP.cross(forward);
    Vector3 left =
        side.normalisedOr(
            Vector3.UNIT_X.rejectedFrom(forward).normalisedOr(Vector3.UNIT_X, LEAST_SIDE),
            LEAST_SIDE);
    return new Rotation3(left, forward.cross(left), forward);
  }

  /**
   * Axes whose up is world up seen at right angles to the view; level when the view is vertical.
   */
  static Rotation3 upright(Vector3 forward) {
    Vector3 up = Vector3.WORLD_UP.rejectedFrom(forward);
    if (up.norm() < LEAST_SIDE) {
      return level(forward);
    }
    Vector3 unitUp = up.times(1 / up.norm());
    return new Rotation3(unitUp.cross(forward), unitUp, forward);
  }
}
