package org.nbvrollouts.store.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.table.RolloutTables;
import org.nbvrollouts.store.zarr.MemoryStoreFiles;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.StoreEditor;
import org.nbvrollouts.store.zarr.TableStores;

class TestLateChecks {
  private static final String PROTOCOL = "target_protocol_version";
  private static final String SOURCE_DICTIONARY = "dictionaries/target_source";

  private static MemoryStoreFiles example() {
    MemoryStoreFiles files = new MemoryStoreFiles();
    TableStores.write(
        files,
        RolloutTables.of(WorkedExample.records(), WorkedExample.config(), WorkedExample.context()));
    return files;
  }

  private static RolloutZarrValidationResult validate(MemoryStoreFiles files, CheckLevel level) {
    return RolloutZarrValidator.validateRolloutZarrStore(RolloutZarrStoreReader.open(files), level);
  }

  @Test
  void theWorkedExamplePassesEveryLevel() {
    for (CheckLevel level : CheckLevel.values()) {
      assertThat(validate(example(), level).findings(level)).isEmpty();
    }
  }

  @Test
  void emptyStoresPassEveryLevel() {
    MemoryStoreFiles files = new MemoryStoreFiles();
    TableStores.write(
        files, RolloutTables.of(List.of(), WorkedExample.config(), WorkedExample.context()));
    assertThat(validate(files, CheckLevel.LATE).findings(CheckLevel.LATE)).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> everyAdditionFindsItsViolationAloneAndOnlyWhenAsked() {
    Map<String, Consumer<StoreEditor>> violations = new LinkedHashMap<>();
    violations.put("L1", store -> store.set("targets/target_source_id", 0, -1));
    violations.put("L2", store -> protocol(store, "v2_imagined"));
    violations.put("L3", store -> store.strings(SOURCE_DICTIONARY, List.of("gt_obbs_oracle")));
    violations.put("L4", store -> store.set("targets/target_invalid_reason_bitset", 0, 1 << 6));
    violations.put("L5", store -> store.set("targets/matched_gt_target_row_id", 0, -1));
    violations.put("L6", store -> store.set("candidates/q_train_mask", 0, 0).rederive());
    return violations.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> violates(entry)));
  }

  private static void violates(Map.Entry<String, Consumer<StoreEditor>> violation) {
    MemoryStoreFiles files = example();
    violation.getValue().accept(new StoreEditor(files));
    RolloutZarrValidationResult late = validate(files, CheckLevel.LATE);
    assertThat(late.findings(CheckLevel.LATE))
        .extracting(Finding::code)
        .containsExactly(violation.getKey());
    assertThat(late.isStrictlyOk()).isTrue();
    assertThat(validate(files, CheckLevel.STRICT).lateFindings()).isEmpty();
  }

  @Test
  void aDashInTheProtocolIsAnUnderscore() {
    MemoryStoreFiles files = example();
    protocol(new StoreEditor(files), "v1-observed");
    assertThat(validate(files, CheckLevel.LATE).findings(CheckLevel.LATE)).isEmpty();
  }

  @Test
  void groundTruthBoxesSuitTheProtocolThatTakesThem() {
    MemoryStoreFiles files = example();
    StoreEditor editor = new StoreEditor(files);
    protocol(editor, "v0_gt_input");
    editor.strings(SOURCE_DICTIONARY, List.of("gt_obbs_oracle"));
    assertThat(validate(files, CheckLevel.LATE).findings(CheckLevel.LATE)).isEmpty();
  }

  /** Names another protocol everywhere: in root, lineage and manifest. */
  private static void protocol(StoreEditor store, String name) {
    List<String> config = new ArrayList<>();
    RolloutZarrStoreReader.open(example())
        .dictionary("config")
        .forEach(entry -> config.add(entry.equals("v1_observed") ? name : entry));
    store
        .strings("dictionaries/config", config)
        .root(PROTOCOL, name)
        .manifest(json -> json.put("root_attrs", renamed(json.get("root_attrs"), name)))
        .rehash();
  }

  private static Map<String, Object> renamed(Object rootAttributes, String protocol) {
    Map<String, Object> renamed = new TreeMap<>();
    ((Map<?, ?>) rootAttributes).forEach((key, value) -> renamed.put((String) key, value));
    renamed.put(PROTOCOL, protocol);
    return renamed;
  }
}
