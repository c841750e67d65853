package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * Region that candidate centres are drawn from, around the sampling pose (specification generation
 * 4.2 and 8).
 *
 * @param minRadius least distance from the reference position, metres
 * @param maxRadius greatest distance, metres
 * @param minElevDeg lower elevation cap, degrees in −90…90
 * @param maxElevDeg upper elevation cap, degrees in −90…90
 * @param deltaAzimuthDeg full azimuth width, degrees in (0, 360]
 * @param samplingStrategy distribution of raw directions
 * @param kappa concentration of the power spherical distribution
 */
public record ShellConfig(
    double minRadius,
    double maxRadius,
    double minElevDeg,
    double maxElevDeg,
    double deltaAzimuthDeg,
    DirectionSampling samplingStrategy,
    double kappa) {

  public ShellConfig {
    ConfigCheck.atLeast("min_radius", minRadius, 0);
    ConfigCheck.atLeast("max_radius", maxRadius, minRadius);
    ConfigCheck.within("min_elev_deg", minElevDeg, -90, 90);
    ConfigCheck.within("max_elev_deg", maxElevDeg, minElevDeg, 90);
    ConfigCheck.greaterThan("delta_azimuth_deg", deltaAzimuthDeg, 0);
    ConfigCheck.within("delta_azimuth_deg", deltaAzimuthDeg, 0, 360);
    ConfigCheck.atLeast("kappa", kappa, 0);
  }

  /** Region of the realistic mixture of June 2026. */
  public static ShellConfig juneDefault() {
    return new ShellConfig(0.25, 1.25, -12, 18, 120, DirectionSampling.FORWARD_POWERSPHERICAL, 8);
  }
}
