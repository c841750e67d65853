package org.nbvrollouts.jobs.config;

import java.util.List;
import org.nbvrollouts.pipeline.candidate.SeedMode;
import org.nbvrollouts.pipeline.rollout.BranchingConfig;
import org.nbvrollouts.pipeline.rollout.RolloutGenerationConfig;
import org.nbvrollouts.pipeline.rollout.RolloutRecipeConfig;

/** Rules between the keys of a recipe (specification generation 7 and 8). */
final class RecipeKeyRules {
  private final ConfigTable table;
  private final RuleChecker rules;

  RecipeKeyRules(ConfigTable table, RuleChecker rules) {
    this.table = table;
    this.rules = rules;
  }

  void check() {
    table.tables(WriterKeys.RECIPES).forEach(this::check);
    new NameRules(table, rules).check(WriterKeys.RECIPES, RolloutRecipeConfig::checkName);
  }

  private void check(ConfigTable recipe) {
    RuleKey schedule = key(recipe, "branch_factor_schedule");
    RuleKey factors = key(recipe, "stochastic_branch_factors");
    RuleKey probabilities = key(recipe, "stochastic_branch_probabilities");
    rules.check(
        List.of(schedule, factors),
        () ->
            BranchingConfig.checkSchedule(
                recipe.counts(schedule.name()), recipe.counts(factors.name())));
    rules.check(
        List.of(probabilities, factors),
        () ->
            BranchingConfig.checkProbabilities(
                recipe.counts(factors.name()), recipe.numbers(probabilities.name())));
    RuleKey replica = key(recipe, "proposal_replica");
    RuleKey seedMode = RuleKey.of(table, "candidate_mixture.base.seed_mode");
    rules.check(
        List.of(replica, seedMode),
        () ->
            RolloutGenerationConfig.checkReplica(
                recipe.count(replica.name()), SeedMode.ofKey((String) seedMode.value())));
  }

  private static RuleKey key(ConfigTable recipe, String name) {
    return RuleKey.of(WriterKeys.RECIPES, recipe, name);
  }
}
