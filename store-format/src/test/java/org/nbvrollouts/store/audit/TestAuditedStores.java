package org.nbvrollouts.store.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.rollout.RandomRollouts;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.zarr.MemoryStoreFiles;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.RolloutZarrStoreWriter;
import org.nbvrollouts.store.zarr.StoreLayout;

/** Views of stores that the product wrote, against a plain scan of whole arrays; and of damage. */
class TestAuditedStores {
  private static final long SEED = 20261129;

  @TempDir private Path temporary;

  private RolloutZarrStoreReader written(StoreLayout layout) {
    Path directory = temporary.resolve(layout.text());
    new RolloutZarrStoreWriter(RandomRollouts.config())
        .write(directory, layout, new RandomRollouts(SEED).records(5, 8), WorkedExample.context());
    return RolloutZarrStoreReader.open(directory);
  }

  @ParameterizedTest
  @EnumSource(StoreLayout.class)
  void candidatesAreTheStoredOnes(StoreLayout layout) {
    RolloutZarrStoreReader store = written(layout);
    AuditRows rows = CandidateAudit.candidateAuditRows(store, AuditQuery.ALL);
    float[] gains = store.floats("candidates/target_root_gain");
    float[] poses = store.floats("candidates/pose_world_cam");
    long[] bits = store.longs("candidates/invalid_reason_bitset");
    long[] rollouts = store.longs("candidates/rollout_row_id");
    int[] policies = store.ints("rollouts/policy_id");
    long[] sources = store.longs("rollouts/source_row_id");
    int[] splits = store.ints("sources/split_id");

    assertThat(rows.rows()).as("seed %d", SEED).hasSize(gains.length).hasSizeGreaterThan(50);
    for (int i = 0; i < gains.length; i++) {
      AuditRow row = rows.rows().get(i);
      Object gain = Float.isFinite(gains[i]) ? (Object) (double) gains[i] : null;
      assertThat(row.get("target_root_gain")).as("seed %d, row %d", SEED, i).isEqualTo(gain);
      assertThat(row.get("center_z")).isEqualTo((double) poses[12 * i + 11]);
      assertThat(row.get("invalid_reason_bitset")).isEqualTo(bits[i]);
      int rollout = store.rowOf("rollouts", rollouts[i]).getAsInt();
      assertThat(row.get("policy")).isEqualTo(store.dictionary("policy").get(policies[rollout]));
      int split = splits[store.rowOf("sources", sources[rollout]).getAsInt()];
      assertThat(row.get("split")).isEqualTo(store.dictionary("split").get(split));
    }
  }

  @ParameterizedTest
  @EnumSource(StoreLayout.class)
  void groupsAreThoseOfAScan(StoreLayout layout) {
    RolloutZarrStoreReader store = written(layout);
    int[] reasons = store.ints("candidates/primary_invalid_reason");
    boolean[] train = store.bools("candidates/q_train_mask");
    float[] gains = store.floats("candidates/target_root_gain");
    Map<String, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < reasons.length; i++) {
      members
          .computeIfAbsent(
              InvalidReason.decodeInvalidReason(reasons[i]), unseen -> new ArrayList<>())
          .add(i);
    }
    AuditRows groups = CandidateGroups.candidateGroupSummaryRows(store, List.of("invalid_reason"));

    assertThat(groups.rows().stream().map(row -> row.get("invalid_reason")))
        .as("seed %d", SEED)
        .isEqualTo(List.copyOf(members.keySet()));
    for (AuditRow group : groups.rows()) {
      List<Integer> rows = members.get((String) group.get("invalid_reason"));
      var finite = rows.stream().mapToDouble(i -> gains[i]).filter(Double::isFinite).average();
      assertThat(group.get("total")).isEqualTo((long) rows.size());
      assertThat(group.get("q_train")).isEqualTo(rows.stream().filter(i -> train[i]).count());
      Double mean = (Double) group.get("mean_target_root_gain");
      assertThat(mean == null).isEqualTo(finite.isEmpty());
      assertThat(mean == null ? 0 : mean).isCloseTo(finite.orElse(0), within(1e-12));
    }
  }

  @Test
  void bothLayoutsAnswerAlikeAndNothingIsWritten() {
    MemoryStoreFiles files = AuditedExample.store().files();
    MemoryStoreFiles before = files.copy();
    everything(RolloutZarrStoreReader.open(files));

    assertThat(files).isEqualTo(before);
    assertThat(everything(written(StoreLayout.PACKED)))
        .isEqualTo(everything(written(StoreLayout.DIRECTORY)));
  }

  private static List<List<Map<String, Object>>> everything(RolloutZarrStoreReader store) {
    return Stream.of(
            CandidateAudit.candidateAuditRows(store, AuditQuery.ALL),
            CandidateAudit.validityWaterfallRows(store),
            CandidateGroups.candidateGroupSummaryRows(store, List.of("mixture", "scene")),
            TargetAudit.targetAuditRows(store, OptionalLong.empty()),
            SuspiciousRollouts.suspiciousRolloutRows(
                    store, RolloutSuspiciousQueryConfig.DEFAULT, OptionalLong.empty())
                .rows())
        .map(answer -> answer.rows().stream().map(AuditRow::values).toList())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"candidates/q_train_mask", "candidates/candidate_row_id", "steps/step_row_id"})
  void aTableWithoutANeededColumnIsInvalid(String path) {
    TableStoreEditor store = AuditedExample.store();
    store.editor().remove(path);

    assertThatThrownBy(() -> everything(store.reader()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("array=" + path);
  }

  @Test
  void aColumnOfAnotherLengthOrTypeIsInvalid() {
    TableStoreEditor shorter = AuditedExample.store();
    shorter.editor().reshape("candidate_diagnostics/mesh_distance_m", 6);
    TableStoreEditor floats = AuditedExample.store();
    floats.editor().retype("candidates/position_id", ElementType.FLOAT32);
    TableStoreEditor flat = AuditedExample.store();
    flat.editor().reshape("candidates/pose_world_cam", 7, 11);

    for (TableStoreEditor store : List.of(shorter, floats, flat)) {
      assertThatThrownBy(() -> everything(store.reader()))
          .isInstanceOf(InvalidContentException.class)
          .hasMessageStartingWith("Cannot read table: a column does not fit (expected=")
          .hasMessageEndingWith("Ask info --validate for everything that is wrong");
    }
  }

  @Test
  void namesThatCannotBeReadAreEmptyAndComponentsAreNumbered() {
    TableStoreEditor store = AuditedExample.store();
    store.editor().remove("dictionaries/policy");
    store.editor().set("candidates/mixture_id", 0, 3);
    store.editor().content("manifest.json", "{");
    store.editor().remove("candidate_diagnostics");
    AuditRow row =
        CandidateAudit.candidateAuditRows(store.reader(), AuditQuery.ALL.limitedTo(1))
            .rows()
            .get(0);

    assertThat(row.values())
        .containsEntry("policy", "")
        .containsEntry("scene", "A")
        .containsEntry("mixture", "component_3")
        .containsEntry("path_collision", null)
        .containsEntry("mesh_distance_m", null);
  }

  @Test
  void componentsHaveTheNamesOfTheManifest() {
    TableStoreEditor store = AuditedExample.store();
    List<Object> components =
        List.of(Map.of("name", "", "family", "near"), Map.of("position_mode", "forward_local"));
    store
        .editor()
        .manifest(
            json ->
                json.put(
                    "generation",
                    Map.of(
                        "writer_config",
                        Map.of("candidate_mixture", Map.of("components", components)))));
    for (int id = 0; id < 3; id++) {
      store.editor().set("candidates/mixture_id", id, id);
    }
    AuditRows rows = CandidateAudit.candidateAuditRows(store.reader(), AuditQuery.ALL.limitedTo(4));

    assertThat(rows.rows().stream().map(row -> row.get("mixture")))
        .containsExactly("near", "forward_local", "component_2", "unknown");
  }

  @Test
  void aStoreOfAnotherSchemaIsInvalid() {
    TableStoreEditor store = AuditedExample.store();
    store.editor().root("schema_version", "0.6-rollout-core");

    assertThatThrownBy(() -> everything(store.reader()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith(
            "Cannot audit store: it is no rollout store of this schema (schema_version=0.6-roll");
  }
}
