package org.nbvrollouts.jobs.config;

import static org.nbvrollouts.jobs.config.ConfigKey.ignored;
import static org.nbvrollouts.jobs.config.ConfigKey.key;
import static org.nbvrollouts.jobs.config.ConfigKey.optional;
import static org.nbvrollouts.jobs.config.ConfigType.FLAG;
import static org.nbvrollouts.jobs.config.ConfigType.INTEGER;
import static org.nbvrollouts.jobs.config.ConfigType.NUMBER;
import static org.nbvrollouts.jobs.config.ConfigType.TEXT;

import java.util.List;
import java.util.stream.Stream;
import org.nbvrollouts.pipeline.target.TargetSourceMode;

/** Keys of the data set writer, its recipes and its stores (specification generation 8). */
final class WriterKeys {
  static final String RECIPES = "recipes";

  private static final ValueRange COUNT = ValueRange.atLeast(1);
  private static final ValueRange IMAGE_SIDE = ValueRange.between(1, 8192);
  private static final ValueRange NOT_NEGATIVE = ValueRange.atLeast(0);

  private WriterKeys() {}

  static List<ConfigKey> keys() {
    return Stream.of(gates(), source(), depth(), store(), RecipeKeys.keys(), labels())
        .flatMap(List::stream)
        .toList();
  }

  private static List<ConfigKey> gates() {
    return List.of(
        optional(
                KeyRole.ROLLOUT,
                "max_targets_per_sample",
                INTEGER,
                null,
                "Most targets per source row that may produce rollouts")
            .in(COUNT),
        key(
            KeyRole.ROLLOUT,
            "require_label_valid",
            FLAG,
            true,
            "Skip targets without a valid ground-truth match"),
        key(
                KeyRole.ROLLOUT,
                "min_valid_root_candidates",
                INTEGER,
                3L,
                "Fewer valid candidates at the root skip a recipe")
            .in(NOT_NEGATIVE),
        key(
            KeyRole.ROLLOUT,
            "allow_empty_shards",
            FLAG,
            true,
            "Commit a shard without any rollout as an empty, explained store"));
  }

  private static List<ConfigKey> source() {
    return List.of(
        optional(
                KeyRole.SELECTION,
                "max_samples",
                INTEGER,
                null,
                "Known from other implementations; planning takes every selected row and says so")
            .in(COUNT),
        optional(
            KeyRole.SELECTION,
            "source.store.store_dir",
            TEXT,
            null,
            "Source, if no flag names one"),
        key(KeyRole.SELECTION, "source.split", TEXT, "all", "Split that planning takes, or all"),
        optional(KeyRole.SELECTION, "source.limit", INTEGER, null, "Most rows planning takes")
            .in(COUNT),
        ignored("source.map_location", "there is no GPU device"),
        ignored("source.device", "there is no GPU device"));
  }

  private static List<ConfigKey> depth() {
    return List.of(
        key(KeyRole.ROLLOUT, "selected_depth.enabled", FLAG, true, "Keep a depth image per step"),
        key(KeyRole.ROLLOUT, "selected_depth.width_px", INTEGER, 240L, "Its width, pixels")
            .in(IMAGE_SIDE),
        key(KeyRole.ROLLOUT, "selected_depth.height_px", INTEGER, 240L, "Its height, pixels")
            .in(IMAGE_SIDE),
        key(KeyRole.STORE, "selected_depth.chunk_steps", INTEGER, 16L, "Images per chunk")
            .in(COUNT));
  }

  private static List<ConfigKey> store() {
    return List.of(
        key(
                KeyRole.STORE,
                "store.return_semantics",
                TEXT,
                "cumulative_target_root_gain",
                "What the returns of a rollout sum up")
            .in(ValueRange.oneOf("cumulative_target_root_gain")),
        key(KeyRole.STORE, "store.discount_gamma", NUMBER, 1.0, "Discount per step")
            .in(ValueRange.between(0, 1)),
        key(
                KeyRole.STORE,
                "store.target_protocol_version",
                TEXT,
                "v1_observed",
                "What stores say of their targets: observed by the actor, or ground truth as input, which"
                    + " is true of oracle_target_task_sampler; actor_visible_selector accepts only"
                    + " what is true of its source_mode")
            .in(ValueRange.oneOf(TargetSourceMode.values(), TargetSourceMode::protocol)),
        key(
                KeyRole.STORE,
                "store.reason_code_version",
                TEXT,
                "rollout-invalidity-v1",
                "Table of invalid reasons")
            .in(ValueRange.oneOf("rollout-invalidity-v1")),
        key(
                KeyRole.STORE,
                "store.field_retention_policy",
                TEXT,
                "compact_selected_heavy",
                "Which heavy fields are kept")
            .in(ValueRange.oneOf("compact_selected_heavy", "compact")),
        key(KeyRole.STORE, "store.q_h_chunk_states", INTEGER, 64L, "States per chunk of q_h")
            .in(COUNT),
        key(
                KeyRole.STORE,
                "store.target_eval_crop_max_points",
                INTEGER,
                50_000L,
                "Width of stored evaluation crops, points")
            .in(COUNT),
        key(
            KeyRole.STORE,
            "store.target_eval_crops_enabled",
            FLAG,
            false,
            "Keep the evaluation crops of every step"),
        ignored("store.store_dir", "stores go below the final root of a campaign"),
        ignored("store.source_offline_store_version", "read from the source"),
        ignored("store.split_manifest_hash", "computed from the shard"));
  }

  private static List<ConfigKey> labels() {
    return List.of(
        optional(KeyRole.LABEL, "profile", TEXT, null, "Name of the profile, for people"),
        ignored("recipe_profile", "recipes are listed one by one"),
        ignored("log_timing", "timings are always recorded"),
        ignored("verbosity", "logging is configured in log4j2.properties"),
        ignored("is_debug", "logging is configured in log4j2.properties"),
        ignored("device", "there is no GPU device"));
  }
}
