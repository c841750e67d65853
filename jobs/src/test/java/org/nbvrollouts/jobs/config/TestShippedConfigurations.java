package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nbvrollouts.pipeline.candidate.CandidateComponentConfig;
import org.nbvrollouts.pipeline.candidate.CandidateMixtureConfig;
import org.nbvrollouts.pipeline.candidate.DirectionSampling;
import org.nbvrollouts.pipeline.candidate.MotionBounds;
import org.nbvrollouts.pipeline.candidate.ShellConfig;
import org.nbvrollouts.pipeline.candidate.ViewJitterConfig;
import org.nbvrollouts.pipeline.rollout.RolloutGenerationConfig;
import org.nbvrollouts.pipeline.target.TargetChoicePolicy;
import org.nbvrollouts.pipeline.target.TargetSelectorConfig;
import org.nbvrollouts.pipeline.target.TargetSourceMode;

/** Pins the shipped files to the tables of specification generation 4.5 and 8. */
class TestShippedConfigurations {
  private static final Path FOLDER = Path.of("..", "conf");
  private static final ShellConfig WIDE =
      new ShellConfig(0.5, 1.8, -20, 25, 170, DirectionSampling.UNIFORM_SPHERE, 4);

  static List<String> names() {
    return CampaignConfig.SHIPPED;
  }

  @Test
  void everyFileOfTheFolderIsKnownByName() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".toml")))
          .containsExactlyInAnyOrderElementsOf(names().stream().map(n -> n + ".toml").toList());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyFileIsValidNamesItselfAndWarnsOfNothing(String name) throws IOException {
    CampaignConfig config = CampaignConfig.profile(name);
    assertThat(config.resolved()).containsEntry("profile", name);
    assertThat(config.ignoredKeys()).isEmpty();
    assertThat(config.warnings()).isEmpty();
    assertThat(config.text().toml()).isEqualTo(Files.readString(FOLDER.resolve(name + ".toml")));
    assertThat(config.text().toml()).startsWith("# ").contains("docs/configuration.md");
  }

  @ParameterizedTest
  @CsvSource({
    "smoke, 5, 1, 3, -1, 1, 2, 0, 0, 4",
    "microset, 32, -1, 3, 1, 3, 12, 0, 0, 1",
    "lrz-may, 8, -1, 3, -1, 0, 12, 0, 0, 4",
    "realistic-pilot, 60, 50, 1, 1, 15, 2, 60, 30, 4",
    "production, 60, -1, 2, 2, 15, 2, 0, 0, 4"
  })
  void profilesHaveTheNumbersOfTheTable(
      String name,
      int candidates,
      int rows,
      int drawnTargets,
      int targets,
      int leastValid,
      int stride,
      double yaw,
      double pitch,
      int recipes) {
    CampaignConfig config = CampaignConfig.profile(name);
    RolloutGenerationConfig generation = generation(name);
    assertThat(generation.candidateMixture().size()).isEqualTo(candidates);
    assertThat(config.source().limit().orElse(-1)).isEqualTo(rows);
    assertThat(config.resolved())
        .extractingByKey("oracle_target_task_sampler")
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("max_targets_per_sample", (long) drawnTargets);
    assertThat(generation.maxTargetsPerSample().orElse(-1)).isEqualTo(targets);
    assertThat(generation.minValidRootCandidates()).isEqualTo(leastValid);
    assertThat(generation.targetScorer().backprojectionStride()).isEqualTo(stride);
    assertThat(generation.targetScorer().depth().resolutionScale()).isEqualTo(0.2);
    assertThat(generation.targetScorer().targetCropMarginMetres()).isEqualTo(0.05);
    assertThat(generation.targetScorer().rootFarMetres()).isEqualTo(20);
    assertThat(generation.candidateMixture().base().view())
        .isEqualTo(ViewJitterConfig.caps(yaw, pitch));
    assertThat(generation.recipes()).hasSize(recipes);
  }

  @Test
  void theActorVisibleProfileTakesDetectedBoxes() {
    RolloutGenerationConfig generation = generation("actor-visible");
    assertThat(generation.targetSource())
        .asInstanceOf(InstanceOfAssertFactories.type(TargetSelectorConfig.class))
        .extracting(TargetSelectorConfig::sourceMode, selector -> selector.choice().policy())
        .containsExactly(
            TargetSourceMode.V1_ACTOR_VISIBLE, TargetChoicePolicy.TEMPERATURE_SOFTMAX_TOP_K);
    assertThat(generation.targetProtocolVersion()).isEqualTo("v1_observed");
    assertThat(counts("actor-visible")).containsExactly(6, 6);
  }

  @Test
  void countsFollowTheTable() {
    assertThat(counts("smoke")).containsExactly(3, 2);
    assertThat(counts("microset")).containsExactly(12, 8, 8, 4);
    assertThat(counts("lrz-may")).containsExactly(3, 2, 2, 1);
    assertThat(counts("realistic-pilot")).containsExactly(24, 24, 12);
    assertThat(counts("production")).containsExactly(24, 24, 12);
  }

  @ParameterizedTest
  @CsvSource({"realistic-pilot", "production"})
  void campaignsNarrowTheDefaultMixture(String name) {
    CandidateMixtureConfig mixture = generation(name).candidateMixture();
    assertThat(mixture.base().shell())
        .isEqualTo(
            new ShellConfig(0.25, 1.1, -12, 18, 100, DirectionSampling.FORWARD_POWERSPHERICAL, 8));
    assertThat(mixture.base().rules().motion()).isEqualTo(MotionBounds.of(1.0, 0.25, 0.25, 70));
    assertThat(rows(mixture))
        .containsExactly(
            tuple("forward_local", 24, "forward_local", "forward_rig", "inherited"),
            tuple("target_bearing_local", 24, "target_bearing_local", "target_point", "0.4..1.1"),
            tuple(
                "lateral_target_bypass", 12, "lateral_target_bypass", "target_point", "inherited"));
  }

  @Test
  void theRealisticMixtureIsTheDefault() {
    assertThat(generation("mixture-realistic").candidateMixture())
        .isEqualTo(CandidateMixtureConfig.juneDefault());
    assertThat(CandidateMixtureConfig.juneDefault().base().shell())
        .isEqualTo(
            new ShellConfig(0.25, 1.25, -12, 18, 120, DirectionSampling.FORWARD_POWERSPHERICAL, 8));
  }

  @Test
  void theMixtureOfMayHasFourViewsOfTheFreeShell() {
    CandidateMixtureConfig mixture = generation("mixture-may").candidateMixture();
    assertThat(mixture.base().shell()).isEqualTo(WIDE);
    assertThat(mixture.base().view()).isEqualTo(ViewJitterConfig.none());
    assertThat(mixture.base().rules().enforceMotionRealism()).isFalse();
    String shell = "upper_bound_free_shell";
    assertThat(rows(mixture))
        .containsExactly(
            tuple("target_point", 24, shell, "target_point", "inherited"),
            tuple("radial_towards", 12, shell, "radial_towards", "inherited"),
            tuple("radial_away", 12, shell, "radial_away", "inherited"),
            tuple("forward_rig", 12, shell, "forward_rig", "inherited"));
  }

  @Test
  void theRichLocalMixtureHasFiveFamilies() {
    CandidateMixtureConfig mixture = generation("mixture-rich-local").candidateMixture();
    assertThat(mixture.base().rules().motion()).isEqualTo(MotionBounds.of(1.25, 0.6, 0.35, 85));
    assertThat(rows(mixture))
        .containsExactly(
            tuple("target_bearing_local", 18, "target_bearing_local", "target_point", "inherited"),
            tuple("forward_local", 18, "forward_local", "forward_rig", "inherited"),
            tuple(
                "lateral_target_bypass", 12, "lateral_target_bypass", "target_point", "inherited"),
            tuple("local_refinement", 6, "local_refinement", "target_point", "0.25..0.7"),
            tuple("revisit_backtrack", 6, "revisit_backtrack", "forward_rig", "0.25..0.25"));
  }

  @Test
  void theDiverseMixtureHasFortyEightRows() {
    RolloutGenerationConfig generation = generation("mixture-diverse");
    CandidateMixtureConfig mixture = generation.candidateMixture();
    assertThat(generation.minValidRootCandidates()).isEqualTo(2);
    assertThat(generation.targetScorer().backprojectionStride()).isEqualTo(12);
    assertThat(mixture.base().shell().deltaAzimuthDeg()).isEqualTo(110);
    assertThat(mixture.base().shell().minRadius()).isEqualTo(0.25);
    assertThat(mixture.base().shell().maxRadius()).isEqualTo(1.1);
    assertThat(mixture.base().rules().motion()).isEqualTo(MotionBounds.of(1.25, 0.35, 0.45, 90));
    String bearing = "target_bearing_local";
    assertThat(rows(mixture))
        .containsExactly(
            tuple("radial_towards_target_bearing", 16, bearing, "radial_towards", "0.35..1.1"),
            tuple("radial_away_target_bearing", 16, bearing, "radial_away", "0.35..1.1"),
            tuple("revisit_backtrack", 12, "revisit_backtrack", "forward_rig", "inherited"),
            tuple("target_point_anchor", 4, bearing, "target_point", "0.35..0.9"));
  }

  @Test
  void theFreeShellIsUnbounded() {
    CandidateMixtureConfig mixture = generation("mixture-free-shell").candidateMixture();
    assertThat(mixture.base().shell()).isEqualTo(WIDE);
    assertThat(mixture.base().view()).isEqualTo(ViewJitterConfig.caps(60, 30));
    assertThat(mixture.base().rules().enforceMotionRealism()).isFalse();
    assertThat(rows(mixture))
        .containsExactly(
            tuple(
                "upper_bound_free_shell",
                60,
                "upper_bound_free_shell",
                "radial_away",
                "inherited"));
  }

  private static RolloutGenerationConfig generation(String name) {
    return CampaignConfig.profile(name).writer().generation();
  }

  private static List<Integer> counts(String name) {
    return generation(name).candidateMixture().components().stream()
        .map(CandidateComponentConfig::count)
        .toList();
  }

  private static List<Tuple> rows(CandidateMixtureConfig mixture) {
    return mixture.components().stream()
        .map(
            component ->
                tuple(
                    component.name(),
                    component.count(),
                    component.positionMode().orElseThrow().key(),
                    component.viewMode().key(),
                    radii(component.shell().minRadius(), component.shell().maxRadius())))
        .toList();
  }

  private static String radii(OptionalDouble least, OptionalDouble most) {
    return least.isEmpty() ? "inherited" : least.getAsDouble() + ".." + most.orElseThrow();
  }
}
