package org.nbvrollouts.pipeline.replay;

import java.util.Optional;
import java.util.OptionalDouble;
import org.nbvrollouts.pipeline.candidate.DirectionSampling;
import org.nbvrollouts.pipeline.candidate.ViewJitterConfig;
import org.nbvrollouts.pipeline.candidate.ViewJitterOverrides;
import org.nbvrollouts.pipeline.random.CounterRandom;

/** The random turn of a view (specification generation 4.3). */
final class ViewTurn {
  private final double yawCapDeg;
  private final double pitchCapDeg;
  private final double rollCapDeg;
  private final Optional<DirectionSampling> sampling;
  private final double kappa;

  ViewTurn(ViewJitterConfig base, ViewJitterOverrides own, double shellKappa) {
    double anyAngle = own.viewMaxAngleDeg().orElse(base.viewMaxAngleDeg());
    yawCapDeg = first(own.viewMaxAzimuthDeg(), base.viewMaxAzimuthDeg()).orElse(anyAngle);
    pitchCapDeg = first(own.viewMaxElevationDeg(), base.viewMaxElevationDeg()).orElse(anyAngle);
    rollCapDeg = own.viewRollJitterDeg().orElse(base.viewRollJitterDeg());
    sampling = own.viewSamplingStrategy().or(base::viewSamplingStrategy);
    kappa = first(own.viewKappa(), base.viewKappa()).orElse(shellKappa);
  }

  private static OptionalDouble first(OptionalDouble own, OptionalDouble base) {
    return own.isPresent() ? own : base;
  }

  /**
   * Turns axes.
   *
   * @param first position of the first of three numbers
   */
  Axes apply(Axes axes, CounterRandom random, long first) {
    double u1 = random.doubleAt(first);
    double u2 = random.doubleAt(first + 1);
    double yaw = 0;
    double pitch = 0;
    if (yawCapDeg > 0 || pitchCapDeg > 0) {
      yaw = uniform(yawCapDeg, u1);
      pitch = uniform(pitchCapDeg, u2);
    } else if (sampling.isPresent()) {
      Vector forward = DirectionFormulas.raw(sampling.get(), kappa, u1, u2);
      yaw = StrictMath.atan2(forward.x(), forward.z());
      pitch = StrictMath.asin(forward.y());
    }
    double roll = uniform(rollCapDeg, random.doubleAt(first + 2));
    boolean isStill = yaw == 0 && pitch == 0 && roll == 0;
    return isStill ? axes : axes.turned(rotation(yaw, pitch).turned(rotation(roll)));
  }

  private static double uniform(double capDeg, double u) {
    return capDeg > 0 ? StrictMath.toRadians(capDeg) * (2 * u - 1) : 0;
  }

  private static Axes rotation(double yaw, double pitch) {
    double cy = StrictMath.cos(yaw);
    double sy = StrictMath.sin(yaw);
    double cp = StrictMath.cos(pitch);
    double sp = StrictMath.sin(pitch);
    return new Axes(
        new Vector(cy, 0, -sy),
        new Vector(-sy * sp, cp, -cy * sp),
        new Vector(sy * cp, sp, cy * cp));
  }

  private static Axes rotation(double roll) {
    double c = StrictMath.cos(roll);
    double s = StrictMath.sin(roll);
    return new Axes(new Vector(c, s, 0), new Vector(-s, c, 0), Vector.Z);
  }
}
