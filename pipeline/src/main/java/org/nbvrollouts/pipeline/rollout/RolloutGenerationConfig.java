package org.nbvrollouts.pipeline.rollout;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.nbvrollouts.pipeline.candidate.CandidateMixtureConfig;
import org.nbvrollouts.pipeline.candidate.SeedMode;
import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.pipeline.config.RefusedValueException;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.target.OracleTargetSamplerConfig;
import org.nbvrollouts.pipeline.target.TargetSourceConfig;

/**
 * Everything that decides the records of a source row (specification generation 8).
 *
 * @param targetSource where targets come from
 * @param maxTargetsPerSample targets of one row that may produce records, all when empty
 * @param requireLabelValid skip targets without a valid label
 * @param minValidRootCandidates a recipe with fewer valid candidates at its root is skipped
 * @param targetProtocolVersion text that every record and the store repeat
 * @param keepsTargetEvalCrops records hold the points that labels are computed from
 */
public record RolloutGenerationConfig(
    TargetSourceConfig targetSource,
    CandidateMixtureConfig candidateMixture,
    TargetScorerConfig targetScorer,
    SelectedDepthRetentionConfig selectedDepth,
    List<RolloutRecipeConfig> recipes,
    OptionalInt maxTargetsPerSample,
    boolean requireLabelValid,
    int minValidRootCandidates,
    String targetProtocolVersion,
    boolean keepsTargetEvalCrops) {

  /** Protocol text of the reference, also for targets taken from true boxes. */
  public static final String DEFAULT_TARGET_PROTOCOL_VERSION = "v1_observed";

  public RolloutGenerationConfig {
    recipes = List.copyOf(recipes);
    checkRecipeNames(recipes);
    recipes.forEach(
        recipe -> checkReplica(recipe.proposalReplica(), candidateMixture.base().seedMode()));
    maxTargetsPerSample.ifPresent(most -> ConfigCheck.atLeast("max_targets_per_sample", most, 1));
    ConfigCheck.atLeast("min_valid_root_candidates", minValidRootCandidates, 0);
    ConfigCheck.notBlank("target_protocol_version", targetProtocolVersion);
    targetSource.checkProtocol(targetProtocolVersion);
    if (requireLabelValid && !targetSource.isLabelled()) {
      throw unlabelled();
    }
    int most = targetScorer.depth().maxCandidatesFinal();
    if (most < candidateMixture.size()) {
      throw ConfigCheck.invalid(
          "max_candidates_final",
          most,
          "at least the " + candidateMixture.size() + " candidates of the mixture");
    }
  }

  /** The defaults of the specification. */
  public static RolloutGenerationConfig defaults() {
    return new RolloutGenerationConfig(
        OracleTargetSamplerConfig.defaults(),
        CandidateMixtureConfig.juneDefault(),
        TargetScorerConfig.defaults(),
        SelectedDepthRetentionConfig.defaults(),
        RolloutRecipeConfig.defaultSuite(),
        OptionalInt.empty(),
        true,
        3,
        DEFAULT_TARGET_PROTOCOL_VERSION,
        false);
  }

  /** Refuses a second candidate table for a recipe where there is one for all. */
  public static void checkReplica(int proposalReplica, SeedMode mode) {
    if (mode == SeedMode.SEED_ONCE && proposalReplica > 0) {
      throw ConfigCheck.invalid(
          "proposal_replica",
          proposalReplica,
          "0 with seed_mode seed-once, which has one table for all");
    }
  }

  /** The failure of a source whose targets have no label where labels are required. */
  public static RefusedValueException unlabelled() {
    return ConfigCheck.invalid(
        "require_label_valid", true, "false while target_selector.match_gt is false");
  }

  private static void checkRecipeNames(List<RolloutRecipeConfig> recipes) {
    if (recipes.isEmpty()) {
      throw ConfigCheck.invalid("recipes", "[]", "at least one recipe");
    }
    Set<String> names = new HashSet<>();
    for (RolloutRecipeConfig recipe : recipes) {
      if (!names.add(recipe.name())) {
        throw ConfigCheck.invalid("name", recipe.name(), "a name used by one recipe");
      }
    }
  }
}
