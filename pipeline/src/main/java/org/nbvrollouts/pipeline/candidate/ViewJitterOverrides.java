package org.nbvrollouts.pipeline.candidate;

import java.util.Optional;
import java.util.OptionalDouble;

/** What one component changes of the view jitter of its mixture; absence inherits. Degrees. */
public record ViewJitterOverrides(
    OptionalDouble viewMaxAngleDeg,
    OptionalDouble viewMaxAzimuthDeg,
    OptionalDouble viewMaxElevationDeg,
    OptionalDouble viewRollJitterDeg,
    Optional<DirectionSampling> viewSamplingStrategy,
    OptionalDouble viewKappa) {

  private static final OptionalDouble INHERIT = OptionalDouble.empty();

  /** Inherits everything. */
  public static ViewJitterOverrides none() {
    return new ViewJitterOverrides(INHERIT, INHERIT, INHERIT, INHERIT, Optional.empty(), INHERIT);
  }

  /** The jitter with these changes. */
  ViewJitterConfig applyTo(ViewJitterConfig base) {
    return new ViewJitterConfig(
        viewMaxAngleDeg.orElse(base.viewMaxAngleDeg()),
        viewMaxAzimuthDeg.isPresent() ? viewMaxAzimuthDeg : base.viewMaxAzimuthDeg(),
        viewMaxElevationDeg.isPresent() ? viewMaxElevationDeg : base.viewMaxElevationDeg(),
        viewRollJitterDeg.orElse(base.viewRollJitterDeg()),
        viewSamplingStrategy.isPresent() ? viewSamplingStrategy : base.viewSamplingStrategy(),
        viewKappa.isPresent() ? viewKappa : base.viewKappa());
  }
}
