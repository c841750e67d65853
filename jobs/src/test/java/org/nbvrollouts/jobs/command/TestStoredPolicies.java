package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** A store of guarded, stochastic and distance recipes with evaluation crops. */
class TestStoredPolicies {
  private static final int CROP_WIDTH = 512;
  private static final String RECIPES =
      """
      [store]
      target_eval_crops_enabled = true
      target_eval_crop_max_points = 512

      [candidate_mixture.base]
      seed_mode = "%s"

      [[candidate_mixture.components]]
      name = "forward_local"
      count = 6
      position_mode = "forward_local"
      view_mode = "forward_rig"

      [target_scorer]
      backprojection_stride = 4
      target_crop_margin_m = 0.05

      [target_scorer.depth]
      resolution_scale = 0.1

      [selected_depth]
      enabled = false

      [[recipes]]
      name = "guarded"
      [recipes.policy]
      selection_policy = "oracle_greedy"
      branch_factor = 3
      beam_width = 3
      min_history_distance_m = 0.2
      min_sibling_distance_m = 0.1
      min_sibling_yaw_deg = 1
      min_sibling_target_bearing_deg = 1
      require_sibling_strategy_diversity = true
      proposal_seed = 5

      [[recipes]]
      name = "stochastic"
      selection_policy = "temperature_softmax"
      stochastic_branch_factors = [1, 2]
      stochastic_branch_probabilities = [0.75, 0.25]
      seed = 3

      [[recipes]]
      name = "farthest_from_history"
      selection_policy = "farthest_from_history"
      branch_factor_schedule = [2, 1]

      [[recipes]]
      name = "farthest_from_reference"
      selection_policy = "farthest_from_reference"

      [storage]
      force_to_disk = false
      """;

  @TempDir static Path shared;
  private static Path source;

  @BeforeAll
  static void make() {
    source = TinySource.write(shared.resolve("source"));
  }

  @Test
  void bothSeedModesGiveStoresThatPassEveryCheck() throws IOException {
    for (String mode : new String[] {"state-keyed", "seed-once"}) {
      Path store = build(mode);
      CommandLineRun info = CommandLineRun.of("info", "--store", store, "--validate");
      assertThat(info.exitCode()).as(info.out()).isZero();
      assertThat(info.out())
          .contains("Valid: all 88 checks and the strict extras pass")
          .contains("Mean return of chains");
      try (RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(store)) {
        assertCrops(reader);
        assertThat(reader.dictionary("score_source"))
            .contains("target_root_gain", "farthest_from_history", "farthest_from_reference");
        String rule = mode.equals("seed-once") ? "seed-once" : "sha256-json-v2-state-streams";
        assertThat(reader.dictionary("config"))
            .anyMatch(text -> text.startsWith(rule + ":3:split-manifest:"));
      }
    }
  }

  /** One crop of current points per step, then one per valid candidate, with the points counted. */
  private static void assertCrops(RolloutZarrStoreReader reader) {
    int[] roles = reader.ints("target_eval_crops/source_role_id");
    int[] lengths = reader.ints("target_eval_crops/lengths");
    long[] candidates = reader.longs("target_eval_crops/candidate_row_id");
    float[] support = reader.floats("candidates/target_candidate_support");
    long[] valid = reader.longs("candidates/actor_action_mask");
    assertThat(reader.shape("target_eval_crops/points_world").get(1)).isEqualTo(CROP_WIDTH);
    long current = 0;
    long seen = 0;
    for (int crop = 0; crop < roles.length; crop++) {
      if (roles[crop] == 0) {
        current++;
        assertThat(candidates[crop]).isEqualTo(-1);
        assertThat(lengths[crop]).isPositive();
      } else {
        seen++;
        assertThat(valid[(int) candidates[crop]]).isEqualTo(1);
        assertThat(lengths[crop])
            .isEqualTo((int) Math.min(CROP_WIDTH, support[(int) candidates[crop]]));
      }
    }
    assertThat(current).isEqualTo(reader.shape("steps/step_row_id").get(0)).isPositive();
    long validCandidates = 0;
    for (long isValid : valid) {
      validCandidates += isValid;
    }
    assertThat(seen).isEqualTo(validCandidates).isPositive();
  }

  private static Path build(String mode) throws IOException {
    Path folder = Files.createDirectory(shared.resolve(mode));
    Path config =
        Files.writeString(
            folder.resolve("policies.toml"),
            "min_valid_root_candidates = 1\nmax_targets_per_sample = 1\n"
                + RECIPES.formatted(mode));
    Path manifest = folder.resolve("shards.jsonl");
    CommandLineRun plan = CommandLineRun.plan(config, source, manifest, 1);
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    CommandLineRun built = CommandLineRun.build(config, manifest, folder.resolve("stores"), 0);
    assertThat(built.exitCode()).as(built.err()).isZero();
    return folder.resolve("stores").resolve("shard-000000");
  }
}
