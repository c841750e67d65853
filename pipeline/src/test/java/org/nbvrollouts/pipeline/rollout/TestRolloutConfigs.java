package org.nbvrollouts.pipeline.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.oracle.EvalPointCloudSource;
import org.nbvrollouts.pipeline.oracle.RewardMode;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig.DepthConfig;
import org.nbvrollouts.store.error.RefusedInputException;

final class TestRolloutConfigs {

  @Test
  void defaultsAreThoseOfTheSpecification() {
    RolloutGenerationConfig config = RolloutGenerationConfig.defaults();

    assertThat(config.targetScorer().includeSceneRri()).isTrue();
    assertThat(config.targetScorer().evalPointCloudSource()).isEqualTo(EvalPointCloudSource.AUTO);
    assertThat(config.targetScorer().oracle().minTriangleAreaM2()).isEqualTo(0.005);
    assertThat(config.targetScorer().rootFarMetres()).isEqualTo(20);
    assertThat(config.selectedDepth().widthPixels()).isEqualTo(240);
    assertThat(config.minValidRootCandidates()).isEqualTo(3);
    assertThat(config.recipes())
        .extracting(RolloutRecipeConfig::name)
        .containsExactly(
            "random_valid", "oracle_greedy", "oracle_lookahead", "temperature_softmax");
    assertThat(config.recipes()).allMatch(recipe -> recipe.horizon() == 2);
  }

  @Test
  void fewerRendersThanCandidatesAreRefused() {
    RolloutGenerationConfig defaults = RolloutGenerationConfig.defaults();
    TargetScorerConfig scorer = defaults.targetScorer();
    DepthConfig fewer =
        new DepthConfig(0.2, 59, OptionalInt.empty(), OptionalInt.empty(), 0.001, 20);
    TargetScorerConfig narrow =
        new TargetScorerConfig(
            fewer,
            scorer.oracle(),
            scorer.backprojectionStride(),
            scorer.targetCropMarginMetres(),
            scorer.minCurrentTargetPoints(),
            scorer.includeSceneRri(),
            scorer.evalPointCloudSource(),
            scorer.evalCameraLabel(),
            scorer.evalDepthFarMetres(),
            scorer.evalFusionVoxelSizeMetres(),
            scorer.evalFusionMaxPoints(),
            scorer.targetEvalMaxPoints(),
            scorer.rewardMode());

    assertThatThrownBy(
            () ->
                new RolloutGenerationConfig(
                    defaults.targetSource(),
                    defaults.candidateMixture(),
                    narrow,
                    defaults.selectedDepth(),
                    defaults.recipes(),
                    defaults.maxTargetsPerSample(),
                    true,
                    3,
                    defaults.targetProtocolVersion(),
                    false))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid max_candidates_final: 59 (expected at least the 60 candidates of the mixture)");
  }

  @Test
  void scheduleAndStochasticFactorsExcludeEachOther() {
    assertThatThrownBy(() -> new BranchingConfig(1, List.of(2), List.of(1), List.of()))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid branch_factor_schedule: [2] (expected no schedule beside"
                + " stochastic_branch_factors)");
  }

  @Test
  void probabilitiesMustMatchTheirFactors() {
    assertThatThrownBy(() -> new BranchingConfig(1, List.of(), List.of(1, 2), List.of(1.0)))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid stochastic_branch_probabilities: [1.0] (expected one per stochastic branch"
                + " factor with a positive sum)");
    List<Double> tooLarge = List.of(1e308, 1e308);
    assertThatThrownBy(() -> new BranchingConfig(1, List.of(), List.of(1, 2), tooLarge))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid stochastic_branch_probabilities: [1.0E308, 1.0E308] (expected one per"
                + " stochastic branch factor with a positive sum)");
  }

  @Test
  void recipeNamesMustBeSafeInIdentifiers() {
    assertThatThrownBy(() -> RolloutRecipeConfig.of("../x", "oracle_greedy"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid name: ../x (expected letters, digits, '.', '_' and '-', starting with a"
                + " letter or digit)");
  }

  @Test
  void unknownNamesAreRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> RewardMode.ofKey("gain"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid reward_mode: gain (expected root_normalized_gain or state_relative_rri)");
    assertThatThrownBy(() -> EvalPointCloudSource.ofKey("lidar"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid eval_point_cloud_source: lidar (expected auto, ase_gt_depth_root,"
                + " rendered_logged_depth_root or legacy_semidense_root)");
  }

  @Test
  void statsAddUpCounterByCounter() {
    RolloutDatasetWriterStats one =
        new RolloutDatasetWriterStats(1, 0, 3, 1, 0, 1, 6, Map.of("a", 1L));
    RolloutDatasetWriterStats sum =
        one.plus(one).plus(RolloutDatasetWriterStats.missingSnippetOrMesh());

    assertThat(sum.samplesSeen()).isEqualTo(3);
    assertThat(sum.samplesWithoutSnippetOrMesh()).isEqualTo(1);
    assertThat(sum.rolloutsWritten()).isEqualTo(12);
    assertThat(sum.skippedReasons()).isEqualTo(Map.of("a", 2L, "missing_snippet_or_mesh", 1L));
  }
}
