package org.nbvrollouts.pipeline.candidate;

import java.util.Optional;
import java.util.OptionalDouble;
import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * Random rotation added to the view direction of a candidate (specification generation 4.3 and 8).
 *
 * @param viewMaxAngleDeg cap that stands in for an absent yaw or pitch cap, degrees
 * @param viewMaxAzimuthDeg yaw cap, degrees
 * @param viewMaxElevationDeg pitch cap, degrees
 * @param viewRollJitterDeg roll cap, degrees
 * @param viewSamplingStrategy direction sampler used when both caps are 0, or empty
 * @param viewKappa concentration of that sampler; the concentration of the region when empty
 */
public record ViewJitterConfig(
    double viewMaxAngleDeg,
    OptionalDouble viewMaxAzimuthDeg,
    OptionalDouble viewMaxElevationDeg,
    double viewRollJitterDeg,
    Optional<DirectionSampling> viewSamplingStrategy,
    OptionalDouble viewKappa) {

  public ViewJitterConfig {
    ConfigCheck.atLeast("view_max_angle_deg", viewMaxAngleDeg, 0);
    ConfigCheck.atLeast("view_max_azimuth_deg", viewMaxAzimuthDeg, 0);
    ConfigCheck.atLeast("view_max_elevation_deg", viewMaxElevationDeg, 0);
    ConfigCheck.atLeast("view_roll_jitter_deg", viewRollJitterDeg, 0);
    ConfigCheck.atLeast("view_kappa", viewKappa, 0);
  }

  /** No jitter: candidates look exactly where their view strategy says. */
  public static ViewJitterConfig none() {
    return caps(0, 0);
  }

  /** Yaw and pitch caps in degrees, no roll, no sampler. */
  public static ViewJitterConfig caps(double yawDeg, double pitchDeg) {
    return new ViewJitterConfig(
        0,
        OptionalDouble.of(yawDeg),
        OptionalDouble.of(pitchDeg),
        0,
        Optional.empty(),
        OptionalDouble.empty());
  }

  /** Effective yaw cap, degrees. */
  double yawCapDeg() {
    return viewMaxAzimuthDeg.orElse(viewMaxAngleDeg);
  }

  /** Effective pitch cap, degrees. */
  double pitchCapDeg() {
    return viewMaxElevationDeg.orElse(viewMaxAngleDeg);
  }
}
