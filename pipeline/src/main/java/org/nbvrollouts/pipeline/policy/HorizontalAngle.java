package org.nbvrollouts.pipeline.policy;

import org.nbvrollouts.store.source.Point3;

/**
 * Angle between two directions about the world's up axis z. If one of them is vertical, which has
 * no horizontal direction, the full angle in space counts, as for the yaw bound of candidates
 * (specification generation 4.4).
 */
final class HorizontalAngle {
  private static final double LEAST_HORIZONTAL = 1e-8;

  private HorizontalAngle() {}

  /** Angle in [0, 180]; 0 if a direction has no length. */
  static double degrees(Point3 a, Point3 b) {
    double crossZ = a.x() * b.y() - a.y() * b.x();
    double dot = a.x() * b.x() + a.y() * b.y();
    if (isVertical(a) || isVertical(b)) {
      double crossX = a.y() * b.z() - a.z() * b.y();
      double crossY = a.z() * b.x() - a.x() * b.z();
      double sine = Math.sqrt(crossX * crossX + crossY * crossY + crossZ * crossZ);
      return degrees(sine, dot + a.z() * b.z());
    }
    return degrees(Math.abs(crossZ), dot);
  }

  private static double degrees(double sine, double cosine) {
    return StrictMath.toDegrees(StrictMath.atan2(sine, cosine));
  }

  private static boolean isVertical(Point3 direction) {
    return Math.sqrt(direction.x() * direction.x() + direction.y() * direction.y())
        < LEAST_HORIZONTAL;
  }
}
