package org.nbvrollouts.pipeline.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;

class TestCandidateMixtureConfig {
  private static final OptionalDouble INHERIT = OptionalDouble.empty();

  @Test
  void theDefaultMixtureHasSixtyRows() {
    assertThat(CandidateMixtureConfig.juneDefault().size()).isEqualTo(60);
  }

  @Test
  void overridesChangeWhatTheyNameAndInheritTheRest() {
    ShellConfig june = ShellConfig.juneDefault();
    assertThat(ShellOverrides.none().applyTo(june)).isEqualTo(june);
    assertThat(
            new ShellOverrides(
                    OptionalDouble.of(0.4),
                    INHERIT,
                    INHERIT,
                    INHERIT,
                    OptionalDouble.of(100),
                    INHERIT)
                .applyTo(june))
        .isEqualTo(
            new ShellConfig(0.4, 1.25, -12, 18, 100, DirectionSampling.FORWARD_POWERSPHERICAL, 8));
    ViewJitterConfig jitter = ViewJitterConfig.caps(60, 30);
    assertThat(ViewJitterOverrides.none().applyTo(jitter)).isEqualTo(jitter);
    assertThat(
            new ViewJitterOverrides(
                    INHERIT, INHERIT, OptionalDouble.of(5), INHERIT, Optional.empty(), INHERIT)
                .applyTo(jitter))
        .isEqualTo(ViewJitterConfig.caps(60, 5));
  }

  @Test
  void valuesOutOfRangeAreRefusedByKeyAndRange() {
    refused(
        () -> shell(-0.1, 1, 0, 0, 120, 8),
        "Invalid min_radius: -0.1 (expected a finite number of at least 0.0)");
    refused(
        () -> shell(1, 0.5, 0, 0, 120, 8),
        "Invalid max_radius: 0.5 (expected a finite number of at least 1.0)");
    refused(
        () -> shell(0, 1, -91, 0, 120, 8),
        "Invalid min_elev_deg: -91.0 (expected between -90.0 and 90.0)");
    refused(
        () -> shell(0, 1, 10, 5, 120, 8),
        "Invalid max_elev_deg: 5.0 (expected between 10.0 and 90.0)");
    refused(
        () -> shell(0, 1, 0, 0, 0, 8),
        "Invalid delta_azimuth_deg: 0.0 (expected a finite number greater than 0.0)");
    refused(
        () -> shell(0, 1, 0, 0, 361, 8),
        "Invalid delta_azimuth_deg: 361.0 (expected between 0.0 and 360.0)");
    refused(
        () -> shell(0, 1, 0, 0, 90, Double.NaN),
        "Invalid kappa: NaN (expected a finite number of at least 0.0)");
    refused(
        () -> MotionBounds.of(0, 0, 0, 0),
        "Invalid max_step_distance_m: 0.0 (expected a finite number greater than 0.0)");
    refused(
        () -> ViewJitterConfig.caps(-1, 0),
        "Invalid view_max_azimuth_deg: -1.0 (expected a finite number of at least 0.0)");
    refused(
        () ->
            new CandidateRulesConfig(
                true,
                true,
                MotionBounds.unbounded(),
                0.2,
                true,
                PathRule.SAMPLED_CLEARANCE,
                1,
                0.1),
        "Invalid ray_subsample: 1 (expected at least 2)");
    refused(
        () -> component("forward", 0, PositionFamily.FORWARD_LOCAL),
        "Invalid count: 0 (expected at least 1)");
    refused(
        () -> component(" ", 1, PositionFamily.FORWARD_LOCAL),
        "Invalid name: \" \" (expected text that is not blank)");
  }

  @Test
  void mixturesAreCheckedAfterInheritance() {
    CandidateBaseConfig base = CandidateBaseConfig.juneDefault();
    CandidateComponentConfig forward = component("forward", 4, PositionFamily.FORWARD_LOCAL);
    refused(
        () -> new CandidateMixtureConfig(base, List.of()),
        "Invalid components: [] (expected at least one component)");
    refused(
        () -> new CandidateMixtureConfig(base, List.of(forward, forward)),
        "Invalid name: forward (expected a name used by one component)");
    ShellOverrides tooFar =
        new ShellOverrides(OptionalDouble.of(2), INHERIT, INHERIT, INHERIT, INHERIT, INHERIT);
    refused(
        () ->
            new CandidateMixtureConfig(
                base,
                List.of(
                    CandidateComponentConfig.of(
                        "far", 4, PositionFamily.FORWARD_LOCAL, ViewStrategy.FORWARD_RIG, tooFar))),
        "Invalid max_radius: 1.25 (expected a finite number of at least 2.0)");
  }

  @Test
  void namesOfConfigurationFilesAreRead() {
    assertThat(DirectionSampling.ofKey("uniform_sphere"))
        .isEqualTo(DirectionSampling.UNIFORM_SPHERE);
    assertThat(SeedMode.ofKey("seed-once")).isEqualTo(SeedMode.SEED_ONCE);
    refused(
        () -> DirectionSampling.ofKey("uniform"),
        "Invalid sampling_strategy: uniform (expected uniform_sphere or forward_powerspherical)");
    refused(
        () -> SeedMode.ofKey("once"),
        "Invalid seed_mode: once (expected state-keyed or seed-once)");
  }

  private static void refused(Supplier<?> construction, String message) {
    assertThatThrownBy(construction::get)
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(message);
  }

  private static ShellConfig shell(
      double minRadius, double maxRadius, double low, double high, double width, double kappa) {
    return new ShellConfig(
        minRadius, maxRadius, low, high, width, DirectionSampling.UNIFORM_SPHERE, kappa);
  }

  private static CandidateComponentConfig component(String name, int count, PositionFamily family) {
    return CandidateComponentConfig.of(name, count, family, ViewStrategy.FORWARD_RIG);
  }
}
