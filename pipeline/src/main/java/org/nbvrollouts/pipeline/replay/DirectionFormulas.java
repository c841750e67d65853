package org.nbvrollouts.pipeline.replay;

import org.nbvrollouts.pipeline.candidate.DirectionSampling;
import org.nbvrollouts.store.schema.PositionFamily;

/** Directions of candidates in the sampling frame (specification generation 4.2). */
final class DirectionFormulas {
  private static final double WHOLE_CIRCLE_DEG = 360 - 0.001;
  private static final double LEAST = 1e-6;

  private DirectionFormulas() {}

  /** Step 1: a raw direction from two uniform numbers. */
  static Vector raw(DirectionSampling sampling, double kappa, double u1, double u2) {
    double t =
        sampling == DirectionSampling.UNIFORM_SPHERE
            ? 2 * u1 - 1
            : 2 * StrictMath.pow(u1, 1 / (kappa + 1)) - 1;
    double phi = 2 * Math.PI * u2;
    double side = Math.sqrt(Math.max(0, 1 - t * t));
    return new Vector(side * StrictMath.cos(phi), side * StrictMath.sin(phi), t);
  }

  /**
   * Step 2: squeezes azimuth and elevation into caps, rejecting nothing.
   *
   * @param widthDeg full azimuth width
   */
  static Vector capped(Vector d, double widthDeg, double lowestDeg, double highestDeg) {
    double x = d.x();
    double z = d.z();
    double horizontal = Math.sqrt(x * x + z * z);
    if (widthDeg < WHOLE_CIRCLE_DEG || horizontal == 0) {
      double azimuth = StrictMath.atan2(x, z) * (widthDeg / 360);
      x = StrictMath.sin(azimuth);
      z = StrictMath.cos(azimuth);
      horizontal = 1;
    }
    double low = StrictMath.sin(StrictMath.toRadians(lowestDeg));
    double high = StrictMath.sin(StrictMath.toRadians(highestDeg));
    double y = low + (d.y() + 1) / 2 * (high - low);
    double scale = Math.sqrt(Math.max(0, 1 - y * y)) / horizontal;
    return new Vector(x * scale, y, z * scale).unit();
  }

  /**
   * Step 3: bends a direction towards what its family is about.
   *
   * @param bearing unit direction to the target
   */
  static Vector ofFamily(PositionFamily family, Vector d, Vector bearing) {
    return switch (family) {
      case UPPER_BOUND_FREE_SHELL -> d;
      case FORWARD_LOCAL -> around(Vector.Z, 0.45, d);
      case LOCAL_REFINEMENT -> around(Vector.Z, 0.25, d);
      case REVISIT_BACKTRACK -> around(new Vector(0, 0, -1), 0.35, d);
      case TARGET_BEARING_LOCAL -> around(bearing, 0.40, d);
      case LATERAL_TARGET_BYPASS -> pastTarget(d, bearing);
      case TARGET_ORBIT ->
          throw new IllegalArgumentException("Invalid position family: an orbit is not drawn");
    };
  }

  /** Unit direction to a target that lies somewhere in the sampling frame. */
  static Vector bearing(Vector target) {
    return target.unitOr(LEAST, Vector.Z);
  }

  /**
   * Centre of a row of an orbit about the vertical axis of the target, world metres: angles of both
   * signs in turn, each from a bank over and over.
   */
  static Vector onOrbit(int row, Vector reference, Vector target) {
    Vector towards = Axes.horizontal(target.minus(reference));
    if (towards.length() < LEAST) {
      return reference;
    }
    double degrees = 6 + 4 * (row / 2 % 6);
    double angle = StrictMath.toRadians(row % 2 == 0 ? -degrees : degrees);
    return reference
        .plus(towards.times(1 - StrictMath.cos(angle)))
        .plus(Vector.UP.cross(towards).times(StrictMath.sin(angle)));
  }

  private static Vector around(Vector axis, double spread, Vector d) {
    return axis.plus(d.across(axis).times(spread)).unit();
  }

  private static Vector pastTarget(Vector d, Vector bearing) {
    Vector aside = Vector.Y.cross(bearing).unitOr(LEAST, Vector.X);
    double sign = d.x() >= 0 ? 1 : -1;
    double rise = Math.max(-0.35, Math.min(0.35, d.y()));
    Vector sum = bearing.times(0.55).plus(aside.times(sign * 0.85)).plus(Vector.Y.times(rise));
    return sum.unitOr(LEAST, bearing);
  }
}
