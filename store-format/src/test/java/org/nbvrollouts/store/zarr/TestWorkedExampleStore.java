package org.nbvrollouts.store.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.AttributeSpec;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.schema.StoreSchema;

/** {@link WorkedExample}, value for value. */
class TestWorkedExampleStore {
  private static final float NAN = Float.NaN;
  private static final float NONE = Float.NEGATIVE_INFINITY;

  @TempDir private static Path temporary;
  private static RolloutZarrWriteResult written;
  private static RolloutZarrStoreReader store;

  @BeforeAll
  static void write() {
    written =
        new RolloutZarrStoreWriter(WorkedExample.config())
            .write(
                temporary.resolve("rollouts.zarr"),
                WorkedExample.records(),
                WorkedExample.context());
    store = RolloutZarrStoreReader.open(written.storeDirectory());
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void resultNamesStoreCountsAndManifest() {
    assertThat(written.numRollouts()).isEqualTo(1);
    assertThat(written.numSteps()).isEqualTo(2);
    assertThat(written.numCandidates()).isEqualTo(6);
    assertThat(written.manifestPath()).exists();
    assertThat(written.manifestSha256()).isEqualTo(WorkedExample.MANIFEST_SHA256);
  }

  @Test
  void manifestHasTheGoldenBytes() throws IOException {
    byte[] golden;
    try (var in = getClass().getResourceAsStream("/manifest/worked-example.json")) {
      golden = in.readAllBytes();
    }
    assertThat(Files.readAllBytes(written.manifestPath())).isEqualTo(golden);
    assertThat(store.rootAttributes()).hasSize(55);
    assertThat(store.rootAttributes())
        .containsEntry("manifest_sha256", WorkedExample.MANIFEST_SHA256)
        .containsEntry("selected_depth_zfar_m", 20.0);
  }

  @Test
  void every193ArraysAreThereWithTheirTypeAndRank() {
    List<ArraySpec> specs = StoreSchema.current().arrays();
    assertThat(store.arrayPaths())
        .containsExactlyInAnyOrderElementsOf(specs.stream().map(ArraySpec::path).toList());
    for (ArraySpec spec : specs) {
      assertThat(store.elementType(spec.path())).as(spec.path()).isEqualTo(spec.type());
      assertThat(store.array(spec.path()).rank()).as(spec.path()).isEqualTo(spec.shape().size());
    }
    assertThat(store.inconsistentDocuments()).isEmpty();
  }

  @Test
  void dictionariesHaveTheirEntriesAndByteCounts() {
    assertThat(store.dictionary("config"))
        .containsExactly(
            "0badcafe00000002",
            "1122334455667788",
            "5eed000000000003",
            "7",
            "a1b2c3d4e5f60718",
            "c0ffee0000000001",
            "gt_obb_oriented_any_vertex_v1",
            "mesh-v=1200-f=2400",
            "oracle_greedy",
            "rollout-invalidity-v1",
            "seed-once:0:split-manifest:1122334455667788",
            "target-selection-invalidity-v1",
            "v1_observed");
    assertThat(store.shape("dictionaries/config")).containsExactly(298L);
    assertThat(store.dictionary("policy")).containsExactly("greedy_top_k", "oracle_greedy");
    assertThat(store.shape("dictionaries/policy")).containsExactly(33L);
    assertThat(store.shape("dictionaries/target")).containsExactly(61L);
    assertThat(store.shape("dictionaries/rollout")).containsExactly(43L);
    assertThat(store.shape("dictionaries/split")).containsExactly(9L);
    assertThat(store.dictionary("snippet")).containsExactly("ASE_81022_Atek_000017");
    assertThat(store.dictionary("source_key")).containsExactly("ASE_81022_Atek_000017");
    assertThat(store.dictionary("target"))
        .containsExactly("ASE_81022_Atek_000017:det:5", "ASE_81022_Atek_000017:gt:2");
    assertThat(store.dictionary("rollout"))
        .containsExactly("00000017-target-00-oracle_greedy-000000");
    assertThat(store.dictionary("scene")).containsExactly("81022");
    assertThat(store.dictionary("source_shard")).containsExactly("vin-shard-000000");
    assertThat(store.dictionary("target_source")).containsExactly("detected_obbs");
    assertThat(store.dictionary("score_source")).containsExactly("target_root_gain");
    assertThat(store.dictionary("class_name")).containsExactly("chair");
    assertThat(store.dictionary("target_match_status")).containsExactly("matched");
    assertThat(store.longs("dictionaries/split"))
        .containsExactly(0x5b, 0x22, 0x74, 0x72, 0x61, 0x69, 0x6e, 0x22, 0x5d);
    longs("metadata", "reason_code_bits", LongStream.range(0, 24).toArray());
    assertThat(store.dictionary("termination_reason")).containsExactly("fixed_horizon");
    assertThat(store.strings("metadata/reason_code_names")).hasSize(24).contains("RUNTIME_ERROR");
    assertThat(store.strings("metadata/field_retention_policy")).containsExactly("compact");
  }

  @Test
  void sourceRolloutAndLineageRowsHaveTheirValues() {
    longs("sources", "source_row_id", 17);
    longs("sources", "sample_index", 17);
    longs("sources", "source_cache_version_id", 3);
    longs("sources", "source_offline_store_manifest_hash_id", 4);
    longs("sources", "split_manifest_hash_id", 1);
    longs("sources", "source_shard_row", 17);
    for (String zero : List.of("sample_key_id", "scene_id", "snippet_id", "split_id")) {
      longs("sources", zero, 0);
    }
    longs("sources", "source_shard_id", 0);
    for (String zero :
        List.of(
            "rollout_row_id",
            "rollout_id",
            "chain_id",
            "scene_id",
            "snippet_id",
            "termination_reason",
            "split_id")) {
      longs("rollouts", zero, 0);
    }
    longs("rollouts", "source_row_id", 17);
    floats("rollouts", "root_pose_world", 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 0.5f);
    longs("rollouts", "root_time_ns", 1_700_000_000_000_000_000L);
    longs("rollouts", "root_trajectory_index", 9);
    longs("rollouts", "root_frame_index", 19);
    longs("rollouts", "target_row_id", 0);
    longs("rollouts", "policy_id", 1);
    longs("rollouts", "horizon", 2);
    longs("rollouts", "branch_factor", 1);
    longs("rollouts", "beam_width", -1);
    floats("rollouts", "temperature", NAN);
    longs("rollouts", "random_seed", 0);
    floats("rollouts", "final_cumulative_target_rri", 0.5f);
    floats("rollouts", "final_cumulative_scene_rri", 0.16f);
    floats("rollouts", "final_cumulative_target_root_gain", 0.44f);
    floats("rollouts", "final_cumulative_scene_root_gain", 0.154f);
    int[] ids = {5, 0, 2, -1, 7, 8, 12, 6, 9, 10};
    List<ArraySpec> columns = StoreSchema.current().arrays("lineage");
    longs("lineage", "rollout_row_id", 0);
    for (int i = 0; i < ids.length; i++) {
      longs("lineage", columns.get(i + 1).name(), ids[i]);
    }
  }

  @Test
  void targetRowHasItsValues() {
    longs("targets", "target_row_id", 0);
    longs("targets", "target_id", 0);
    longs("targets", "target_selection_policy_id", 0);
    longs("targets", "target_source_id", 0);
    longs("targets", "target_source_index", 5);
    longs("targets", "target_class_name_id", 0);
    longs("targets", "target_valid_mask", 1);
    longs("targets", "target_invalid_reason_bitset", 1);
    longs("targets", "target_primary_invalid_reason", 0);
    longs("targets", "target_reason_code_version_id", 11);
    longs("targets", "matched_gt_target_row_id", 2);
    longs("targets", "matched_gt_target_id", 1);
    longs("targets", "gt_match_status_id", 0);
    longs("targets", "gt_label_valid_mask", 1);
    longs("targets", "target_crop_policy_id", 6);
    floats("targets", "target_selection_temperature", NAN);
    floats("targets", "target_center_world", 2, 3, 0.5f);
    assertThat(store.strings("targets/target_protocol_version")).containsExactly("v1_observed");
  }

  @Test
  void stepRowsHaveTheirValues() {
    longs("steps", "step_row_id", 0, 1);
    longs("steps", "rollout_row_id", 0, 0);
    longs("steps", "step_index", 0, 1);
    longs("steps", "selected_candidate_row_id", 2, 3);
    longs("steps", "selected_shell_index", 2, 0);
    longs("steps", "selected_compact_valid_index", 1, 0);
    longs("steps", "num_candidates", 3, 3);
    longs("steps", "num_valid_candidates", 2, 2);
    floats("steps", "cumulative_target_rri", 0.2f, 0.5f);
    floats("steps", "cumulative_scene_rri", 0.1f, 0.16f);
    floats("steps", "cumulative_target_root_gain", 0.2f, 0.44f);
    floats("steps", "cumulative_scene_root_gain", 0.1f, 0.154f);
  }

  @Test
  void candidateRowsHaveTheirValues() {
    longs("candidates", "candidate_row_id", 0, 1, 2, 3, 4, 5);
    longs("candidates", "step_row_id", 0, 0, 0, 1, 1, 1);
    longs("candidates", "step_index", 0, 0, 0, 1, 1, 1);
    longs("candidates", "rollout_row_id", 0, 0, 0, 0, 0, 0);
    longs("candidates", "score_source_id", 0, 0, 0, 0, 0, 0);
    longs("candidates", "shell_index", 0, 1, 2, 0, 1, 2);
    longs("candidates", "compact_valid_index", 0, -1, 1, 0, 1, -1);
    longs("candidates", "actor_action_mask", 1, 0, 1, 1, 1, 0);
    longs("candidates", "oracle_label_mask", 1, 0, 1, 1, 0, 0);
    longs("candidates", "q_train_mask", 1, 0, 1, 1, 0, 0);
    longs("candidates", "selected_mask", 0, 0, 1, 1, 0, 0);
    longs("candidates", "strategy_id", 0, 3, 3, 0, 3, 3);
    longs("candidates", "position_id", 1, 2, 3, 1, 2, 3);
    longs("candidates", "mixture_id", 0, 1, 2, 0, 1, 2);
    longs("candidates", "invalid_reason_bitset", 1, 64, 1, 1, 1, 4);
    longs("candidates", "primary_invalid_reason", 0, 6, 0, 0, 0, 2);
    float third = 1f / 3;
    floats("candidates", "sampler_probability", third, third, third, third, third, third);
    floats("candidates", "target_rri", 0.1f, NAN, 0.2f, 0.3f, NAN, NAN);
    floats("candidates", "target_root_gain", 0.1f, NAN, 0.2f, 0.24f, NAN, NAN);
    floats(
        "candidates",
        "target_log_error_gain",
        0.105360515f,
        NAN,
        0.22314355f,
        0.35667494f,
        NAN,
        NAN);
    floats("candidates", "target_pm_dist_before", 0.5f, NAN, 0.5f, 0.4f, NAN, NAN);
    floats("candidates", "target_pm_dist_after", 0.45f, NAN, 0.4f, 0.28f, NAN, NAN);
    floats("candidates", "scene_rri", 0.05f, NAN, 0.1f, 0.06f, 0.01f, NAN);
    floats("candidates", "scene_root_gain", 0.05f, NAN, 0.1f, 0.054f, 0.009f, NAN);
    floats("candidates", "scene_pm_dist_before", 1, NAN, 1, 0.9f, 0.9f, NAN);
    floats("candidates", "scene_pm_dist_after", 0.95f, NAN, 0.9f, 0.846f, 0.891f, NAN);
    floats("candidates", "target_current_support", 120, NAN, 120, 165, NAN, NAN);
    floats("candidates", "target_candidate_support", 30, NAN, 45, 20, NAN, NAN);
    floats("candidates", "selection_logits", 0.1f, NAN, 0.2f, 0.24f, NONE, NAN);
    floats("candidates", "selection_probabilities", 0, 0, 1, 1, 0, 0);
    floats("candidates", "selection_log_probabilities", NONE, NONE, 0, 0, NONE, NONE);
    floats(
        "candidates",
        "scene_log_error_gain",
        0.051293295f,
        NAN,
        0.105360515f,
        0.061875403f,
        0.010050336f,
        NAN);
    places("pose_world_cam", "1.5,2,0.5 1,2.5,0.5 1.5,2.5,0.5 2,2.5,0.5 1.5,3,0.5 9,2.5,0.5");
    places("pose_relative_root", "0.5,0,0 0,0.5,0 0.5,0.5,0 1,0.5,0 0.5,1,0 8,0.5,0");
    longs("candidate_diagnostics", "candidate_row_id", 0, 1, 2, 3, 4, 5);
    longs("candidate_diagnostics", "position_id", 1, 2, 3, 1, 2, 3);
    longs("candidate_diagnostics", "path_collision_mask", 0, 1, 0, 0, 0, 0);
    floats("candidate_diagnostics", "mesh_distance_m", NAN, NAN, NAN, NAN, NAN, NAN);
  }

  @Test
  void depthImagesHaveTheirValues() {
    longs("selected_depth", "step_row_id", 0, 1);
    longs("selected_depth", "candidate_row_id", 2, 3);
    floats("selected_depth", "focal_px", 2, 2, 2, 2);
    floats("selected_depth", "principal_point_px", 2, 1, 2, 1);
    longs("selected_depth", "image_size_hw", 2, 4, 2, 4);
    float a = 1.5f;
    float b = 2.25f;
    floats("selected_depth", "depth_m", a, a, a, a, a, a, a, 0, b, b, b, b, b, b, b, b);
    longs("selected_depth", "valid_mask", 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(store.elementType("selected_depth/depth_m")).isEqualTo(ElementType.FLOAT16);
    assertThat(store.rows("selected_depth/depth_m", 1, 1).floats()).containsOnly(b);
  }

  @Test
  void attributesAreThoseOfTheDescription() {
    attributesMatch("", store.rootAttributes());
    for (String group : StoreSchema.current().groups()) {
      attributesMatch(group, store.groupAttributes(group));
    }
  }

  private static void attributesMatch(String group, Map<String, Object> written) {
    Map<String, Class<?>> described = new TreeMap<>();
    for (AttributeSpec spec : StoreSchema.current().attributes(group)) {
      described.put(
          spec.name(),
          switch (spec.type()) {
            case TEXT -> String.class;
            case TRUTH -> Boolean.class;
            case INTEGER -> Long.class;
            case FLOAT -> Double.class;
          });
    }
    Map<String, Class<?>> found = new TreeMap<>();
    written.forEach((name, value) -> found.put(name, value.getClass()));
    assertThat(found).as("attributes of '%s'", group).isEqualTo(described);
  }

  @Test
  void viewHasItsValuesAndEqualsTheDerivedOne() {
    longs("q_h", "state_step_row_id", 0, 1);
    longs("q_h", "source_row_id", 17, 17);
    longs("q_h", "target_row_id", 0, 0);
    longs("q_h", "candidate_row_id", 0, 1, 2, 3, 4, 5);
    longs("q_h", "valid_action_mask", 1, 0, 1, 1, 1, 0);
    longs("q_h", "q_train_mask", 1, 0, 1, 1, 0, 0);
    longs("q_h", "position_id", 1, 2, 3, 1, 2, 3);
    floats("q_h", "one_step_target_rri", 0.1f, NAN, 0.2f, 0.3f, NAN, NAN);
    floats("q_h", "one_step_target_root_gain", 0.1f, NAN, 0.2f, 0.24f, NAN, NAN);
    longs("q_h", "invalid_reason_bitset", 1, 64, 1, 1, 1, 4);
    longs("q_h", "selected_candidate_index", 2, 0);
    longs("q_h", "td_selected_candidate_row_id", 2, 3);
    floats("q_h", "td_reward", 0.2f, 0.24f);
    floats("q_h", "td_reward_target_rri", 0.2f, 0.3f);
    longs("q_h", "td_next_step_row_id", 1, -1);
    longs("q_h", "td_terminal_mask", 0, 1);
    floats("q_h", "td_discount", 0.9f, 0);
    assertThat(store.groupAttributes("q_h"))
        .containsEntry("state_count", 2L)
        .containsEntry("max_candidates", 3L)
        .containsEntry("horizon", 2L)
        .containsEntry("discount_gamma", 0.9)
        .containsEntry("chunk_states", 64L);
    assertThat(store.chunkShape("q_h/candidate_row_id")).containsExactly(2L, 3L);
    assertThat(store.qhView(0.9)).isEqualTo(store.qhView());
    assertThat(store.qhView(0.5).get("td_discount").floats()).containsExactly(0.5f, 0f);
  }

  @Test
  void discountedReturnOfTheFirstStateIsTheGoldenOne() {
    float[] reward = store.floats("q_h/td_reward");
    float[] discount = store.floats("q_h/td_discount");
    int next = (int) store.longs("q_h/td_next_step_row_id")[0];

    assertThat(reward[0] + (double) discount[0] * reward[next]).isCloseTo(0.416, within(1e-7));
  }

  /** Twelve numbers per candidate: the identity, then a translation. */
  private void places(String column, String translations) {
    List<Float> expected = new ArrayList<>();
    for (String place : translations.split(" ", -1)) {
      expected.addAll(List.of(1f, 0f, 0f, 0f, 1f, 0f, 0f, 0f, 1f));
      for (String number : place.split(",", -1)) {
        expected.add(Float.valueOf(number));
      }
    }
    assertThat(store.floats("candidates/" + column))
        .as(column)
        .containsExactly(expected.toArray(Float[]::new));
  }

  private void longs(String group, String column, long... expected) {
    assertThat(store.longs(group + "/" + column)).as(column).containsExactly(expected);
  }

  private void floats(String group, String column, float... expected) {
    assertThat(store.floats(group + "/" + column)).as(column).containsExactly(expected);
  }
}
