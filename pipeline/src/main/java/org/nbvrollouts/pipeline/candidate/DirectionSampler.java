package org.nbvrollouts.pipeline.candidate;

/**
 * Directions in the sampling frame (x left, y up, z forward) from two uniform numbers
 * (specification generation 4.2, steps 1 and 2). Power spherical: De Cao, Aziz, 2020.
 */
final class DirectionSampler {
  /** Azimuth widths above this are a full circle and are not scaled. */
  private static final double FULL_CIRCLE_DEG = 360 - 0.001;

  private final ShellConfig shell;
  private final double sinLow;
  private final double sinHigh;

  DirectionSampler(ShellConfig shell) {
    this.shell = shell;
    sinLow = StrictMath.sin(StrictMath.toRadians(shell.minElevDeg()));
    sinHigh = StrictMath.sin(StrictMath.toRadians(shell.maxElevDeg()));
  }

  /** A direction inside the caps. */
  Vector3 sample(double u1, double u2) {
    return capped(raw(shell.samplingStrategy(), shell.kappa(), u1, u2));
  }

  /** A direction of the whole sphere. */
  static Vector3 raw(DirectionSampling sampling, double kappa, double u1, double u2) {
    double t =
        switch (sampling) {
          case UNIFORM_SPHERE -> 2 * u1 - 1;
          case FORWARD_POWERSPHERICAL -> 2 * StrictMath.pow(u1, 1 / (kappa + 1)) - 1;
        };
    double phi = 2 * Math.PI * u2;
    double side = Math.sqrt(Math.max(0, 1 - t * t));
    return new Vector3(side * StrictMath.cos(phi), side * StrictMath.sin(phi), t);
  }

  /** Squeezes azimuth and elevation into the caps; nothing is rejected. */
  Vector3 capped(Vector3 direction) {
    double x = direction.x();
    double z = direction.z();
    double horizontal = Math.sqrt(x * x + z * z);
    if (shell.deltaAzimuthDeg() < FULL_CIRCLE_DEG || horizontal == 0) {
      double azimuth = StrictMath.atan2(x, z) * (shell.deltaAzimuthDeg() / 360);
      x = StrictMath.sin(azimuth);
      z = StrictMath.cos(azimuth);
      horizontal = 1;
    }
    double y = sinLow + (direction.y() + 1) / 2 * (sinHigh - sinLow);
    double scale = Math.sqrt(Math.max(0, 1 - y * y)) / horizontal;
    Vector3 squeezed = new Vector3(x * scale, y, z * scale);
    return squeezed.times(1 / squeezed.norm());
  }
}
