package org.nbvrollouts.store.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.check.CheckLevel;
import org.nbvrollouts.store.commit.PointerPublisher;
import org.nbvrollouts.store.commit.Publisher;
import org.nbvrollouts.store.commit.RenamePublisher;
import org.nbvrollouts.store.damage.CommittedShards;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.zarr.RolloutZarrStoreWriter;
import org.nbvrollouts.store.zarr.StoreLayout;

class TestStoreInventory {
  private final StoreIO io = new LocalStoreIO(Durability.BUFFERED);

  @TempDir private Path temporary;

  private List<StoreLocation> find(String pattern) {
    return StoreDiscovery.discoverRolloutStorePaths(io, StoreLocation.of(temporary), pattern);
  }

  private List<String> found(String pattern) {
    return find(pattern).stream()
        .map(store -> temporary.relativize(store.localPath()).toString())
        .toList();
  }

  private AuditRows inventory(CheckLevel... judged) {
    return StoreInventory.rolloutStoreInventoryRows(
        io, find(StoreDiscovery.ANY), Arrays.stream(judged).findFirst());
  }

  private AuditRow row(AuditRows rows, String name) {
    return rows.rows().stream()
        .filter(row -> row.get("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Path store(String name, Instant written) throws IOException {
    return save(AuditedExample.store(), name, written);
  }

  private Path save(TableStoreEditor store, String name, Instant written) throws IOException {
    Path folder = temporary.resolve(name);
    store.files().saveTo(folder);
    Files.setLastModifiedTime(folder.resolve("zarr.json"), FileTime.from(written));
    return folder;
  }

  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATE = Instant.parse("2026-01-02T00:00:00Z");

  @Test
  void aMissingFolderHoldsNoStores() {
    assertThat(
            StoreDiscovery.discoverRolloutStorePaths(
                io, StoreLocation.of(temporary.resolve("nowhere"))))
        .isEmpty();
  }

  @Test
  void standaloneStoresAreFoundLatestFirstAndThoseOfOneTimeByPath() throws IOException {
    store("below/a.zarr", EARLY);
    store("c.zarr", LATE);
    store("b.zarr", LATE);
    store("plain", EARLY);

    assertThat(found(StoreDiscovery.ANY))
        .containsExactly("b.zarr", "c.zarr", "below/a.zarr", "plain");
    assertThat(found("**/*.zarr")).containsExactly("b.zarr", "c.zarr", "below/a.zarr");
    assertThat(found("*.zarr")).containsExactly("b.zarr", "c.zarr");
  }

  @Test
  void attemptsRetiredShardsAndStoresWithoutTheirMarkerAreNoStores() throws IOException {
    store("_attempts/shard-000001/a0-x", EARLY);
    store("_retired/shard-000002/old", EARLY);
    store("shard-000003/a0-0123456789ab/store", EARLY);
    Files.writeString(store("shard-000004", EARLY).resolve("_owner.json"), "{}");
    Files.writeString(store("shard-000005", EARLY).resolve("_SUCCESS.json"), "no marker");

    assertThat(found(StoreDiscovery.ANY)).containsExactly("shard-000005");
    assertThat(inventory().rows().get(0).get("committed")).isEqualTo(false);
  }

  @Test
  void committedShardsAreFoundWhereverTheirMarkerPutsThem() throws IOException {
    for (Publisher publisher :
        List.of(
            new RenamePublisher(Durability.BUFFERED), new PointerPublisher(Durability.BUFFERED))) {
      for (StoreLayout layout : StoreLayout.values()) {
        Path root = temporary.resolve(publisher.getClass().getSimpleName() + layout.text());
        new CommittedShards(root, 1, 5, publisher, layout);
        List<StoreLocation> stores =
            StoreDiscovery.discoverRolloutStorePaths(io, StoreLocation.of(root));

        AuditRows rows =
            StoreInventory.rolloutStoreInventoryRows(io, stores, Optional.of(CheckLevel.STRICT));
        assertThat(rows.rows()).as("%s", root).hasSize(1);
        for (AuditRow row : rows.rows()) {
          assertThat(row.values())
              .containsEntry("committed", true)
              .containsEntry("schema_status", "current")
              .containsEntry("validation_errors", List.of())
              .containsEntry("validation_status", "ok")
              .containsEntry("manifest_profile", "damage")
              .containsEntry("manifest_schema_version", "1.0-target-rollout-core");
          assertThat((String) row.get("shard_id")).startsWith("shard-00000");
          assertThat(row.get("attempt_id")).isNotNull();
          assertThat((String) row.get("writer_config_hash")).isNotEmpty();
          assertThat(row.get("validator_steps")).isEqualTo(row.get("observed_steps"));
        }
      }
    }
  }

  @Test
  void aCurrentStoreSaysWhatItHolds() throws IOException {
    store("example.zarr", EARLY);
    AuditRow row = inventory().rows().get(0);

    assertThat(row.values())
        .containsEntry("name", "example.zarr")
        .containsEntry("committed", false)
        .containsEntry("schema_status", "current")
        .containsEntry("schema_version", "1.0-target-rollout-core")
        .containsEntry("manifest_version", "rollout-store-manifest-v1")
        .containsEntry("manifest_schema_version", "1.0-target-rollout-core")
        .containsEntry("manifest_scene_count", 0L)
        .containsEntry("manifest_split_count", 0L)
        .containsEntry("validation_ok", null)
        .containsEntry("validation_status", "unknown")
        .containsEntry("first_error", "")
        .containsEntry("required_groups_present", 12L)
        .containsEntry("missing_required_groups", List.of())
        .containsEntry("observed_rollouts", 1L)
        .containsEntry("observed_steps", 3L)
        .containsEntry("observed_candidates", 7L)
        .containsEntry("actor_action_fraction", 4.0 / 7)
        .containsEntry("q_train_fraction", 3.0 / 7)
        .containsEntry("selected_count", 3L)
        .containsEntry("policy_summary", "greedy")
        .containsEntry("horizon_summary", "3")
        .containsEntry("branch_factor_summary", "1")
        .containsEntry("validator_rollouts", null)
        .containsEntry("mtime_unix", EARLY.toEpochMilli() / 1000.0);
    try (Stream<Path> files = Files.walk(temporary).filter(Files::isRegularFile)) {
      assertThat(row.get("file_count")).isEqualTo(files.count());
    }
  }

  @Test
  void manyValuesAreARangeAndUnsetOnesAreLeftOut() throws IOException {
    TableStoreEditor store = AuditedExample.store();
    store.table(
        "rollouts",
        6,
        Map.of(
            "rollout_row_id", new double[] {0, 1, 2, 3, 4, 5},
            "horizon", new double[] {9, 2, 3, 4, 5, 5},
            "branch_factor", new double[] {-1, 2, 1, 2, 1, 2}));
    save(store, "several", EARLY);

    assertThat(inventory().rows().get(0).values())
        .containsEntry("horizon_summary", "2..9 (5 values)")
        .containsEntry("branch_factor_summary", "1, 2");
  }

  @Test
  void anEmptyStoreHasNoFractions() throws IOException {
    save(new TableStoreEditor(), "empty", EARLY);

    assertThat(inventory().rows().get(0).values())
        .containsEntry("observed_candidates", 0L)
        .containsEntry("actor_action_fraction", null)
        .containsEntry("selected_count", 0L)
        .containsEntry("policy_summary", "")
        .containsEntry("horizon_summary", "");
  }

  @Test
  void staleAndUnreadableStoresHaveRowsAndComeLast() throws IOException {
    TableStoreEditor stale = AuditedExample.store();
    stale.editor().root("schema_version", "0.6-rollout-core").remove("q_h");
    save(stale, "stale", LATE);
    store("current", EARLY);
    Files.writeString(store("unreadable", LATE).resolve("zarr.json"), "{no json");

    AuditRows rows = inventory(CheckLevel.CORE);
    assertThat(rows.rows())
        .extracting(row -> row.get("schema_status"))
        .containsExactly("current", "stale", "unreadable");
    assertThat(row(rows, "stale").values())
        .containsEntry("observed_rollouts", 1L)
        .containsEntry("observed_candidates", 7L)
        .containsEntry("validator_rollouts", 0L)
        .containsEntry("validation_status", "failed")
        .containsEntry("missing_required_groups", List.of("q_h"))
        .containsEntry("required_groups_present", 11L);
    assertThat((String) row(rows, "stale").get("first_error")).contains("0.6-rollout-core");
    assertThat(row(rows, "unreadable").values())
        .containsEntry("validation_ok", false)
        .containsEntry("observed_rollouts", null)
        .containsEntry("policy_summary", "")
        .containsEntry("validation_error_count", 1L);
    for (AuditRow row : rows.rows()) {
      assertThat(List.copyOf(row.values().keySet())).isEqualTo(rows.columns());
    }
  }

  @Test
  void whatIsDamagedIsInTheRowAndHidesNothingElse() throws IOException {
    Path folder = store("damaged", EARLY);
    Files.writeString(folder.resolve("candidates/q_train_mask/c/0"), "no chunk");
    Files.writeString(folder.resolve("manifest.json"), "{");

    assertThat(inventory().rows().get(0).values())
        .containsEntry("validation_status", "failed")
        .containsEntry("validation_error_count", 2L)
        .containsEntry("schema_version", "1.0-target-rollout-core")
        .containsEntry("q_train_fraction", null)
        .containsEntry("actor_action_fraction", 4.0 / 7)
        .containsEntry("observed_steps", 3L);
  }

  @Test
  void anArchiveByItselfIsAStoreOfOneFile() throws IOException {
    Path packed = temporary.resolve("packed");
    new RolloutZarrStoreWriter(WorkedExample.config())
        .write(packed, StoreLayout.PACKED, WorkedExample.records(), WorkedExample.context());
    Path archive =
        Files.move(packed.resolve(StoreLayout.ARCHIVE_NAME), temporary.resolve("x.zarr.zip"));

    AuditRows rows =
        StoreInventory.rolloutStoreInventoryRows(
            io, List.of(StoreLocation.of(archive)), Optional.of(CheckLevel.STRICT));
    assertThat(rows.rows().get(0).values())
        .containsEntry("validation_status", "ok")
        .containsEntry("observed_steps", 2L)
        .containsEntry("manifest_scene_count", 1L)
        .containsEntry("manifest_split_count", 1L)
        .containsEntry("file_count", 1L)
        .containsEntry("size_bytes", Files.size(archive));
  }

  @Test
  void aPlaceWithoutAStoreIsUnreadableAndNothingIsThrown() {
    AuditRow row =
        StoreInventory.rolloutStoreInventoryRows(
                io, List.of(StoreLocation.of(temporary.resolve("gone"))), Optional.empty())
            .rows()
            .get(0);

    assertThat(row.values())
        .containsEntry("schema_status", "unreadable")
        .containsEntry("file_count", 0L)
        .containsEntry("mtime_unix", null);
    assertThat((String) row.get("first_error")).contains("no zarr.json");
  }
}
