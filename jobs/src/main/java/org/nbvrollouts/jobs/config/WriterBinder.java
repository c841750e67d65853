package org.nbvrollouts.jobs.config;

import org.nbvrollouts.pipeline.policy.LogitScaling;
import org.nbvrollouts.pipeline.policy.SiblingGuards;
import org.nbvrollouts.pipeline.rollout.BranchingConfig;
import org.nbvrollouts.pipeline.rollout.ProposalStream;
import org.nbvrollouts.pipeline.rollout.RolloutGenerationConfig;
import org.nbvrollouts.pipeline.rollout.RolloutRecipeConfig;
import org.nbvrollouts.pipeline.rollout.SelectedDepthRetentionConfig;

/** Makes the data set writer's configuration from its gates, recipes and store keys. */
final class WriterBinder {
  private final ConfigTable table;

  WriterBinder(ConfigTable table) {
    this.table = table;
  }

  RolloutDatasetWriterConfig writer() {
    return new RolloutDatasetWriterConfig(
        generation(),
        table.optionalCount("max_samples"),
        store(),
        table.flag("allow_empty_shards"));
  }

  private RolloutGenerationConfig generation() {
    return new RolloutGenerationConfig(
        new TargetBinder(table).source(),
        new CandidateBinder(table).mixture(),
        new ScorerBinder(table).scorer(),
        new SelectedDepthRetentionConfig(
            table.flag("selected_depth.enabled"),
            table.count("selected_depth.width_px"),
            table.count("selected_depth.height_px"),
            table.count("selected_depth.chunk_steps")),
        table.tables(WriterKeys.RECIPES).stream().map(WriterBinder::recipe).toList(),
        table.optionalCount("max_targets_per_sample"),
        table.flag("require_label_valid"),
        table.count("min_valid_root_candidates"),
        table.text("store.target_protocol_version"),
        table.flag("store.target_eval_crops_enabled"));
  }

  static RolloutRecipeConfig recipe(ConfigTable recipe) {
    return new RolloutRecipeConfig(
        recipe.text("name"),
        recipe.text("selection_policy"),
        recipe.count("horizon"),
        new BranchingConfig(
            recipe.count("branch_factor"),
            recipe.counts("branch_factor_schedule"),
            recipe.counts("stochastic_branch_factors"),
            recipe.numbers("stochastic_branch_probabilities")),
        recipe.optionalCount("beam_width"),
        recipe.number("selection_temperature"),
        recipe.flag("robust_temperature_logits") ? LogitScaling.ROBUST : LogitScaling.PLAIN,
        recipe.integer("seed"),
        new ProposalStream(
            recipe.optionalInteger("proposal_seed"), recipe.count("proposal_replica")),
        new SiblingGuards(
            recipe.number("min_history_distance_m"),
            recipe.number("min_sibling_distance_m"),
            recipe.number("min_sibling_yaw_deg"),
            recipe.number("min_sibling_target_bearing_deg"),
            recipe.flag("require_sibling_strategy_diversity")));
  }

  private RolloutDatasetWriterConfig.StoreOptions store() {
    return new RolloutDatasetWriterConfig.StoreOptions(
        table.text("store.return_semantics"),
        table.number("store.discount_gamma"),
        table.text("store.reason_code_version"),
        table.text("store.field_retention_policy"),
        table.count("store.q_h_chunk_states"),
        table.count("store.target_eval_crop_max_points"),
        table.flag("store.target_eval_crops_enabled"));
  }
}
