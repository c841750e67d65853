package org.nbvrollouts.pipeline.candidate;

import java.util.OptionalDouble;

/**
 * What one component changes of the region of its mixture; absence inherits. Ranges are checked on
 * the resolved {@link ShellConfig}.
 *
 * @param minRadius metres
 * @param maxRadius metres
 * @param minElevDeg degrees
 * @param maxElevDeg degrees
 * @param deltaAzimuthDeg degrees
 */
public record ShellOverrides(
    OptionalDouble minRadius,
    OptionalDouble maxRadius,
    OptionalDouble minElevDeg,
    OptionalDouble maxElevDeg,
    OptionalDouble deltaAzimuthDeg,
    OptionalDouble kappa) {

  private static final OptionalDouble INHERIT = OptionalDouble.empty();

  /** Inherits everything. */
  public static ShellOverrides none() {
    return new ShellOverrides(INHERIT, INHERIT, INHERIT, INHERIT, INHERIT, INHERIT);
  }

  /** Changes the radii alone, metres. */
  public static ShellOverrides radii(double minRadius, double maxRadius) {
    return new ShellOverrides(
        OptionalDouble.of(minRadius),
        OptionalDouble.of(maxRadius),
        INHERIT,
        INHERIT,
        INHERIT,
        INHERIT);
  }

  /** The region with these changes. */
  ShellConfig applyTo(ShellConfig base) {
    return new ShellConfig(
        minRadius.orElse(base.minRadius()),
        maxRadius.orElse(base.maxRadius()),
        minElevDeg.orElse(base.minElevDeg()),
        maxElevDeg.orElse(base.maxElevDeg()),
        deltaAzimuthDeg.orElse(base.deltaAzimuthDeg()),
        base.samplingStrategy(),
        kappa.orElse(base.kappa()));
  }
}
