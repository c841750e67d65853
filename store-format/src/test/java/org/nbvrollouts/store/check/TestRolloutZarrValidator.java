package org.nbvrollouts.store.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.rollout.RolloutLineageBuilder;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.rollout.SelectedDepthStorage;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.RolloutTables;
import org.nbvrollouts.store.zarr.MemoryStoreFiles;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.StoreEditor;
import org.nbvrollouts.store.zarr.TableStores;

class TestRolloutZarrValidator {
  private static final RolloutZarrStoreConfig CROPS = WorkedExample.config().withTargetEvalCrops(4);

  private static final MemoryStoreFiles EXAMPLE =
      store(WorkedExample.records(), WorkedExample.config());
  private static final MemoryStoreFiles WITH_CROPS =
      store(WorkedExample.recordsWithEvalCrops(), CROPS);
  private static final MemoryStoreFiles TWO_TARGETS = store(twoTargets(17), WorkedExample.config());
  private static final MemoryStoreFiles TWO_SOURCES = store(twoTargets(18), WorkedExample.config());

  private static MemoryStoreFiles store(
      List<RolloutZarrRecord> records, RolloutZarrStoreConfig config) {
    MemoryStoreFiles files = new MemoryStoreFiles();
    TableStores.write(files, RolloutTables.of(records, config, WorkedExample.context()));
    return files;
  }

  private static List<RolloutZarrRecord> twoTargets(long secondSource) {
    RolloutZarrRecord first = WorkedExample.records().get(0);
    var lineage =
        new RolloutLineageBuilder(first.lineage())
            .sourceRowId(secondSource)
            .targetSourceIndex(6)
            .targetId("ASE_81022_Atek_000017:det:6")
            .build();
    return List.of(first, WorkedExample.sibling(lineage, "00000017-target-01-oracle_greedy"));
  }

  private static RolloutZarrValidationResult validate(MemoryStoreFiles files) {
    return RolloutZarrValidator.validateRolloutZarrStore(RolloutZarrStoreReader.open(files));
  }

  private static Set<String> codes(List<Finding> findings) {
    Set<String> codes = new TreeSet<>();
    findings.forEach(finding -> codes.add(finding.code()));
    return codes;
  }

  @Test
  void cleanStoresPassEveryCheck() {
    for (MemoryStoreFiles files : List.of(EXAMPLE, WITH_CROPS, TWO_TARGETS, TWO_SOURCES)) {
      RolloutZarrValidationResult result = validate(files);
      assertThat(result.findings()).isEmpty();
      assertThat(result.strictFindings()).isEmpty();
      assertThat(result.isStrictlyOk()).isTrue();
    }
    RolloutZarrValidationResult result = validate(EXAMPLE);
    assertThat(result.numRollouts()).isEqualTo(1);
    assertThat(result.numSteps()).isEqualTo(2);
    assertThat(result.numCandidates()).isEqualTo(6);
  }

  @Test
  void emptyStoresPassEveryCheck() {
    RolloutZarrStoreConfig noDepth =
        WorkedExample.config().withSelectedDepth(SelectedDepthStorage.disabled());
    for (RolloutZarrStoreConfig config : List.of(WorkedExample.config(), CROPS, noDepth)) {
      RolloutZarrValidationResult result = validate(store(List.of(), config));
      assertThat(result.findings()).isEmpty();
      assertThat(result.strictFindings()).isEmpty();
      assertThat(result.numRollouts()).isZero();
    }
  }

  @Test
  void rowPerChunkStoreWithoutConsolidatedMetadataPasses() {
    MemoryStoreFiles files = EXAMPLE.copy();
    StoreEditor editor = new StoreEditor(files);
    for (String path : RolloutZarrStoreReader.open(files).arrayPaths()) {
      editor.replace(path, editor.array(path));
    }
    assertThat(validate(files).isStrictlyOk()).isTrue();
    assertThat(StoreSeals.of(RolloutZarrStoreReader.open(files)))
        .isEqualTo(StoreSeals.of(RolloutZarrStoreReader.open(EXAMPLE)));
  }

  private record Corruption(MemoryStoreFiles base, Set<String> codes, Consumer<StoreEditor> edit) {}

  private final Map<String, Corruption> corruptions = new LinkedHashMap<>();

  private void on(
      MemoryStoreFiles base, String code, List<String> alsoCodes, Consumer<StoreEditor> edit) {
    Set<String> codes = new TreeSet<>(alsoCodes);
    codes.add(code);
    corruptions.put(code + " " + corruptions.size(), new Corruption(base, codes, edit));
  }

  private void example(String code, Consumer<StoreEditor> edit) {
    on(EXAMPLE, code, List.of(), edit);
  }

  private void set(String code, String path, int index, double value) {
    example(code, store -> store.set(path, index, value));
  }

  private void derived(String code, String path, int index, double value) {
    example(code, store -> store.set(path, index, value).rederive());
  }

  private void crops(String code, Consumer<StoreEditor> edit) {
    on(WITH_CROPS, code, List.of(), edit);
  }

  private void rootCorruptions() {
    example("A1", store -> store.root("schema_version", "0.5-selected-depth"));
    example("A2", store -> store.root("manifest_path", "other.json"));
    example("A3", store -> store.remove("manifest.json"));
    example("A4", store -> store.content("manifest.json", "{"));
    example("A5", store -> store.root("manifest_sha256", null));
    example("A5", store -> store.root("manifest_sha256", ""));
    example("A6", store -> store.manifest(json -> json.put("store_kind", "other")));
    example("A7", store -> store.manifest(json -> json.put("manifest_version", "v9")).rehash());
    example("A8", store -> store.manifest(json -> json.put("schema_version", "0.5")).rehash());
    example("A9", store -> store.remove("steps/zarr.json"));
  }

  private void viewCorruptions() {
    example("B1", store -> store.remove("q_h/td_reward"));
    example("B2", store -> store.group("q_h", "state_count", 3));
    example("B3", store -> store.group("q_h", "max_candidates", 4));
    example("B4", store -> store.group("q_h", "horizon", 1));
    example("B5", store -> store.group("q_h", "discount_gamma", 0.8));
    example("B6", store -> store.group("q_h", "td_semantics", "all_actions"));
    example("B7", store -> store.group("q_h", "reward_metric", "target_rri"));
    example("B8", store -> store.group("q_h", "return_semantics", "other"));
    example("B9", store -> store.reshape("q_h/td_reward", 3));
    example("B10", store -> store.retype("q_h/td_reward", ElementType.FLOAT64));
    set("B11", "q_h/td_reward", 0, 0.21);
    on(EXAMPLE, "B12", List.of("B11"), store -> store.set("q_h/candidate_row_id", 0, 99));
    on(EXAMPLE, "B13", List.of("B11", "B14", "B15"), store -> store.set("q_h/q_train_mask", 1, 1));
    derived("B14", "candidates/target_root_gain", 0, Double.NaN);
    derived("B15", "candidates/target_rri", 0, Double.NaN);
    on(EXAMPLE, "B16", List.of("B11"), store -> store.set("q_h/td_discount", 1, 0.5));
  }

  private void candidateCorruptions() {
    set("C1", "candidates/selected_mask", 1, 1);
    derived("C2", "candidates/position_id", 0, -1);
    on(TWO_TARGETS, "C3", List.of(), store -> store.set("rollouts/split_id", 1, 1));
    example("C4", store -> store.reshape("candidates/scene_rri", 5));
    example("D2", store -> store.remove("candidate_diagnostics/mesh_distance_m"));
    set("D3", "candidate_diagnostics/candidate_row_id", 0, 5);
    example("D4", store -> store.reshape("candidate_diagnostics/mesh_distance_m", 5));
    example(
        "D5", store -> store.retype("candidate_diagnostics/mesh_distance_m", ElementType.FLOAT64));
    on(
        EXAMPLE,
        "D6",
        List.of("D7"),
        store -> store.set("candidate_diagnostics/path_collision_mask", 0, 1));
    set("D7", "candidate_diagnostics/path_collision_mask", 5, 1);
  }

  private void depthCorruptions() {
    example("E1", store -> store.remove("selected_depth/focal_px"));
    set("E2", "selected_depth/step_row_id", 0, 1);
    set("E3", "selected_depth/candidate_row_id", 0, 1);
    example("E4", store -> store.reshape("selected_depth/depth_m", 2, 2, 3));
    example("E5", store -> store.reshape("selected_depth/valid_mask", 2, 2, 3));
    example("E6", store -> store.retype("selected_depth/depth_m", ElementType.FLOAT32));
    example("E7", store -> store.retype("selected_depth/valid_mask", ElementType.UINT8));
    example("E8", store -> store.reshape("selected_depth/focal_px", 2, 3));
  }

  private void cropCorruptions() {
    example("F2", store -> store.reshape("target_eval_crops/crop_row_id", 1));
    crops("F3", store -> store.remove("target_eval_crops/mask"));
    crops("F4", store -> store.group("target_eval_crops", "role", "actor"));
    crops("F5", store -> store.group("target_eval_crops", "coordinate_frame", "rig"));
    crops("F6", store -> store.reshape("target_eval_crops/points_world", 6, 4, 2));
    crops("F7", store -> store.reshape("target_eval_crops/mask", 6, 3));
    crops("F8", store -> store.reshape("target_eval_crops/lengths", 7));
    crops("F9", store -> store.reshape("target_eval_crops/crop_row_id", 7));
    crops("F10", store -> store.set("target_eval_crops/crop_row_id", 0, 4));
    on(WITH_CROPS, "F11", List.of("F12"), store -> store.set("target_eval_crops/lengths", 0, 9));
    crops("F12", store -> store.set("target_eval_crops/mask", 3, 1));
    crops("F13", store -> store.root("target_eval_crops_max_points", 5));
    crops("F14", store -> store.set("target_eval_crops/step_row_id", 0, 77));
    crops("F15", store -> store.set("target_eval_crops/source_role_id", 0, 2));
    crops("F16", store -> store.set("target_eval_crops/candidate_row_id", 0, 1));
    crops("F17", store -> store.set("target_eval_crops/candidate_row_id", 1, 99));
  }

  private void parentCorruptions() {
    derived("G1", "rollouts/source_row_id", 0, 18);
    on(
        TWO_SOURCES,
        "G2",
        List.of(),
        store ->
            store
                .set("sources/source_row_id", 1, 17)
                .set("rollouts/source_row_id", 1, 17)
                .rederive());
    example("G3", store -> store.content("dictionaries/source_shard/c/0", "no zstd"));
    set("G4", "sources/source_shard_id", 0, -1);
    set("G5", "sources/source_shard_row", 0, -1);
    on(EXAMPLE, "H1", List.of("I1"), store -> store.set("rollouts/target_row_id", 0, 7).rederive());
    on(
        TWO_TARGETS,
        "H2",
        List.of(),
        store ->
            store
                .set("targets/target_row_id", 1, 0)
                .set("rollouts/target_row_id", 1, 0)
                .rederive());
    example("H3", store -> store.remove("rollouts/root_pose_world"));
    example("H4", store -> store.reshape("rollouts/root_pose_world", 1, 11));
    set("H5", "rollouts/root_pose_world", 3, Double.NaN);
    example("H6", store -> store.remove("rollouts/root_time_ns"));
    example("H7", store -> store.reshape("rollouts/root_frame_index", 2));
    on(EXAMPLE, "H8", List.of("B11", "I1"), store -> store.set("q_h/target_row_id", 1, 4));
    on(EXAMPLE, "H9", List.of("B9"), store -> store.reshape("q_h/target_row_id", 3));
    example("H10", store -> store.reshape("rollouts/target_row_id", 1, 1));
    on(
        TWO_SOURCES,
        "H11",
        List.of(),
        store -> store.set("rollouts/target_row_id", 1, 0).rederive());
    example(
        "H12",
        store ->
            store.strings(
                "dictionaries/target",
                List.of("AriaSyntheticEnvironment_1_AtekDataSample_2:det:5", "z")));
  }

  private void lineageCorruptions() {
    set("I1", "targets/gt_label_valid_mask", 0, 0);
    example("I2", store -> store.root("split_manifest_hash", ""));
    set("I3", "lineage/oracle_config_id", 0, -1);
    example("I3", store -> store.remove("lineage/oracle_config_id"));
    on(TWO_TARGETS, "I4", List.of(), store -> store.set("lineage/rollout_row_id", 0, 1));
    set("I5", "lineage/candidate_config_id", 0, 99);
    set("I6", "lineage/target_protocol_version_id", 0, 0);
    set("I7", "sources/split_manifest_hash_id", 0, -1);
    set("I8", "candidates/strategy_id", 0, -1);
    set("I9", "candidates/mixture_id", 0, -1);
    set("I10", "candidates/sampler_probability", 0, Double.NaN);
  }

  @TestFactory
  Stream<DynamicTest> everyCheckFindsItsCorruption() {
    rootCorruptions();
    viewCorruptions();
    candidateCorruptions();
    depthCorruptions();
    cropCorruptions();
    parentCorruptions();
    lineageCorruptions();
    return corruptions.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        assertThat(codes(corrupted(entry.getValue()).findings()))
                            .isEqualTo(entry.getValue().codes())));
  }

  /** What both say alike, so that only the tables contradict it. */
  private static void inRootAndManifest(StoreEditor store, String attribute, Object value) {
    store
        .root(attribute, value)
        .manifest(
            json -> {
              Map<Object, Object> attributes =
                  new LinkedHashMap<>((Map<?, ?>) json.get("root_attrs"));
              attributes.put(attribute, value);
              json.put("root_attrs", attributes);
            })
        .rehash();
  }

  /** An identifier in short form concerns the strict level alone and must not hide a raw one. */
  @Test
  void theFirstForeignIdentifierOfEachFormIsReported() {
    MemoryStoreFiles files = TWO_TARGETS.copy();
    new StoreEditor(files)
        .strings(
            "dictionaries/target",
            List.of(
                "ASE_1_Atek_2:det:5", "AriaSyntheticEnvironment_1_AtekDataSample_2:det:6", "z"));
    RolloutZarrValidationResult result = validate(files);
    assertThat(result.findings()).extracting(Finding::code).containsExactly("H12");
    assertThat(result.strictFindings()).extracting(Finding::code).containsExactly("H12");
    assertThat(result.findings().get(0).message())
        .contains("AriaSyntheticEnvironment_1_AtekDataSample_2:det:6", "ASE_81022_Atek_000017");
  }

  @Test
  void identifiersThatNameTheSnippetInAnyFormPass() {
    String raw = "AriaSyntheticEnvironment_81022_AtekDataSample_000017";
    for (String identifier : List.of(raw + ":det:5", "x/ASE_81022_Atek_000017", "table", "")) {
      MemoryStoreFiles files = EXAMPLE.copy();
      new StoreEditor(files).strings("dictionaries/target", List.of(identifier, "z"));
      assertThat(codes(validate(files).findings(CheckLevel.STRICT)))
          .as(identifier)
          .doesNotContain("H12");
    }
  }

  /** Float comparison of the view is that of NumPy's allclose (specification store 5.5). */
  @Test
  void theViewMayDifferByItsToleranceAndNoMore() {
    float reward = 0.2f;
    double most = 1e-8 + 1e-5 * (double) reward;
    assertThat(viewReward(reward + 0.9 * most)).isEmpty();
    assertThat(viewReward(reward - 0.9 * most)).isEmpty();
    assertThat(viewReward(reward + 1.1 * most)).containsExactly("B11");
    assertThat(viewReward(Double.NaN)).containsExactly("B11");
    assertThat(viewReward(Double.POSITIVE_INFINITY)).containsExactly("B11");
  }

  private static Set<String> viewReward(double value) {
    MemoryStoreFiles files = EXAMPLE.copy();
    new StoreEditor(files).set("q_h/td_reward", 0, value);
    return codes(validate(files).findings());
  }

  @Test
  void anIncompleteViewIsJudgedByTheDerivedOne() {
    MemoryStoreFiles files = EXAMPLE.copy();
    new StoreEditor(files)
        .set("candidates/target_rri", 0, Double.NaN)
        .group("q_h", "horizon", 9)
        .remove("q_h/td_reward");
    assertThat(codes(validate(files).findings())).containsExactlyInAnyOrder("B1", "B15");
  }

  @Test
  void everyArrayOfTheCandidateGroupMustHaveItsRows() {
    MemoryStoreFiles files = EXAMPLE.copy();
    StoreEditor editor = new StoreEditor(files);
    editor.replace("candidates/further", editor.array("steps/step_row_id"));
    assertThat(validate(files).findings())
        .extracting(Finding::toString)
        .containsExactly("C4 candidates/further: 2 rows, expected 6");
  }

  private static RolloutZarrValidationResult corrupted(Corruption corruption) {
    MemoryStoreFiles files = corruption.base().copy();
    corruption.edit().accept(new StoreEditor(files));
    return validate(files);
  }

  @TestFactory
  Stream<DynamicTest> everyStrictExtraFindsItsCorruption() {
    on(EXAMPLE, "X1", List.of("X11"), store -> store.root("schema_id", "other"));
    example("X2", store -> store.remove("candidates/selection_logits"));
    example("X2", store -> store.retype("candidates/selection_probabilities", ElementType.FLOAT64));
    example("X2", store -> store.content("candidates/selection_logits/c/0", "no zstd"));
    example(
        "X3",
        store ->
            store
                .set("targets/target_row_id", 0, 1)
                .set("rollouts/target_row_id", 0, 1)
                .rederive());
    set("X4", "candidates/rollout_row_id", 0, 1);
    set("X4", "candidates/step_index", 0, 1);
    set("X5", "candidates/selected_mask", 0, 1);
    set("X5", "steps/selected_shell_index", 0, 0);
    set("X5", "steps/selected_compact_valid_index", 0, 0);
    set("X6", "steps/num_candidates", 0, 4);
    set("X6", "steps/num_valid_candidates", 0, 3);
    set("X6", "candidates/shell_index", 0, 1);
    set("X6", "candidates/compact_valid_index", 1, 0);
    derived("X7", "candidates/invalid_reason_bitset", 5, 0);
    derived("X7", "candidates/invalid_reason_bitset", 5, 5);
    derived("X7", "candidates/invalid_reason_bitset", 4, 3);
    derived("X7", "candidates/q_train_mask", 5, 1);
    for (String label :
        List.of(
            "target_rri",
            "target_root_gain",
            "target_log_error_gain",
            "scene_root_gain",
            "scene_log_error_gain",
            "scene_pm_dist_before",
            "scene_pm_dist_after",
            "target_pm_dist_before",
            "target_pm_dist_after",
            "target_current_support",
            "target_candidate_support")) {
      set("X7", "candidates/" + label, 5, 0.5);
    }
    on(EXAMPLE, "X8", List.of("X7"), store -> store.set("candidates/oracle_label_mask", 5, 1));
    set("X8", "candidates/oracle_label_mask", 0, 0);
    set("X7", "candidates/scene_rri", 5, 0.5);
    set("X8", "candidates/oracle_label_mask", 4, 1);
    set("X9", "lineage/mesh_version_id", 0, 99);
    set("X9", "lineage/mesh_version_id", 0, -2);
    example("X9", store -> store.strings("dictionaries/policy", List.of("z", "a")));
    example("X9", store -> store.strings("dictionaries/policy", List.of("a", "a")));
    on(
        EXAMPLE,
        "X9",
        List.of("X2", "X11"),
        store -> store.content("dictionaries/class_name/c/0", "no zstd"));
    on(
        EXAMPLE,
        "X10",
        List.of("X11"),
        store -> store.set("rollouts/horizon", 0, 1).group("q_h", "horizon", 1));
    example(
        "X10",
        store ->
            store
                .set("steps/step_index", 1, 2)
                .set("candidates/step_index", 3, 2)
                .set("candidates/step_index", 4, 2)
                .set("candidates/step_index", 5, 2)
                .rederive());
    example("X11", store -> store.manifest(json -> json.put("counts", Map.of())).rehash());
    example(
        "X11", store -> store.manifest(json -> json.put("dictionary_sizes", Map.of())).rehash());
    example("X11", store -> store.manifest(json -> json.put("root_attrs", Map.of())).rehash());
    example("X11", store -> inRootAndManifest(store, "num_rollouts", 2L));
    example("X11", store -> inRootAndManifest(store, "q_h_horizon", 3L));
    set("X12", "selected_depth/depth_m", 0, 0);
    set("X12", "selected_depth/depth_m", 0, -1);
    set("X12", "selected_depth/depth_m", 0, Double.POSITIVE_INFINITY);
    set("X12", "selected_depth/depth_m", 0, Double.NaN);
    set("X12", "selected_depth/depth_m", 7, 1);
    set("X12", "selected_depth/valid_mask", 7, 1);
    derived("X13", "candidates/invalid_reason_bitset", 1, 64 + (1 << 24));
    set("X13", "targets/target_invalid_reason_bitset", 0, 1 << 12);
    example(
        "H12", store -> store.strings("dictionaries/target", List.of("ASE_1_Atek_2:det:5", "z")));
    example(
        "H12", store -> store.strings("dictionaries/target", List.of("a", "z:ASE_1_Atek_2:gt:5")));
    return corruptions.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      RolloutZarrValidationResult result = corrupted(entry.getValue());
                      assertThat(codes(result.strictFindings()))
                          .isEqualTo(entry.getValue().codes());
                      assertThat(result.findings()).isEmpty();
                    }));
  }

  @Test
  void messagesKeepTheFragmentsThatReadersLookFor() {
    Map<String, String> fragments =
        Map.of(
            "A3", "manifest",
            "A6", "manifest hash",
            "C2", "position_id",
            "C3", "exactly one split",
            "D7", "PATH_SEGMENT_COLLISION",
            "E2", "selected_depth/step_row_id",
            "G4", "source_shard_id",
            "G5", "source_shard_row",
            "H11", "multiple source_row_id",
            "I2", "split_manifest_hash");
    everyCheckFindsItsCorruption().close();
    corruptions.forEach(
        (name, corruption) -> {
          String fragment = fragments.get(name.substring(0, name.indexOf(' ')));
          if (fragment != null) {
            assertThat(String.join("\n", corrupted(corruption).errors())).contains(fragment);
          }
        });
  }

  @Test
  void noFileOfAStoreCanMakeTheValidatorThrow() {
    int file = 0;
    for (String path : EXAMPLE.paths()) {
      byte[] content = EXAMPLE.read(path).orElseThrow();
      byte[] flipped = content.clone();
      flipped[flipped.length / 2] ^= 0x10;
      List<byte[]> damages = List.of(new byte[0], Arrays.copyOf(content, 5), flipped);
      MemoryStoreFiles files = EXAMPLE.copy();
      files.replace(path, damages.get(file++ % damages.size()));
      if (path.equals("zarr.json")) {
        assertThatThrownBy(() -> validate(files))
            .isInstanceOf(InvalidContentException.class)
            .hasMessageContaining("zarr.json");
      } else {
        assertThat(validate(files)).as(path).isNotNull();
      }
    }
  }

  @Test
  void aPlaceWithoutStoreIsRefused() {
    assertThatThrownBy(() -> validate(new MemoryStoreFiles()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("Cannot open store: no zarr.json (store=memory)");
  }

  @Test
  void differingConsolidatedMetadataIsFound() {
    MemoryStoreFiles files = EXAMPLE.copy();
    files.replace("steps/zarr.json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertThat(validate(files).strictFindings())
        .extracting(Finding::code, Finding::path)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("X2", "steps"));
  }
}
