package org.nbvrollouts.pipeline.candidate;

/**
 * Random rotation of a view, applied on the right of its axes (specification generation 4.3).
 *
 * @param yawRad turn to the left
 * @param pitchRad turn upwards
 * @param rollRad turn about the viewing axis
 */
record ViewJitter(double yawRad, double pitchRad, double rollRad) {
  static final ViewJitter NONE = new ViewJitter(0, 0, 0);

  /**
   * Jitter from three uniform numbers.
   *
   * @param shellKappa concentration of the view sampler if it has none of its own
   */
  static ViewJitter sample(
      ViewJitterConfig config, double shellKappa, double u1, double u2, double u3) {
    double roll = symmetric(config.viewRollJitterDeg(), u3);
    if (config.yawCapDeg() > 0 || config.pitchCapDeg() > 0) {
      return new ViewJitter(
          symmetric(config.yawCapDeg(), u1), symmetric(config.pitchCapDeg(), u2), roll);
    }
    if (config.viewSamplingStrategy().isEmpty()) {
      return new ViewJitter(0, 0, roll);
    }
    Vector3 forward =
        DirectionSampler.raw(
            config.viewSamplingStrategy().get(), config.viewKappa().orElse(shellKappa), u1, u2);
    return new ViewJitter(
        StrictMath.atan2(forward.x(), forward.z()), StrictMath.asin(forward.y()), roll);
  }

  /** The jittered axes; without jitter exactly the axes given. */
  Rotation3 applyTo(Rotation3 axes) {
    return equals(NONE) ? axes : axes.compose(rotation());
  }

  Rotation3 rotation() {
    double cy = StrictMath.cos(yawRad);
    double sy = StrictMath.sin(yawRad);
    double cp = StrictMath.cos(pitchRad);
    double sp = StrictMath.sin(pitchRad);
    Rotation3 turned =
        new Rotation3(
            new Vector3(cy, 0, -sy),
            new Vector3(-sy * sp, cp, -cy * sp),
            new Vector3(sy * cp, sp, cy * cp));
    double cr = StrictMath.cos(rollRad);
    double sr = StrictMath.sin(rollRad);
    return turned.compose(
        new Rotation3(new Vector3(cr, sr, 0), new Vector3(-sr, cr, 0), Vector3.UNIT_Z));
  }

  /** Uniform in ±cap; exactly 0 when the cap is 0. */
  private static double symmetric(double capDeg, double u) {
    return capDeg > 0 ? StrictMath.toRadians(capDeg) * (2 * u - 1) : 0;
  }
}
