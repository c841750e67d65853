package org.nbvrollouts.store.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.nbvrollouts.store.check.CheckLevel;
import org.nbvrollouts.store.check.Finding;
import org.nbvrollouts.store.check.RolloutZarrValidationResult;
import org.nbvrollouts.store.check.RolloutZarrValidator;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.StoreEntry;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.StoreLayout;

/** Fills the row of one store. What cannot be found out is null, and the reason is in the row. */
final class InventoryRow {
  static final List<String> COLUMNS =
      List.of(
          "path",
          "name",
          "committed",
          "shard_id",
          "attempt_id",
          "schema_status",
          "schema_version",
          "schema_id",
          "created_at",
          "manifest_path",
          "manifest_version",
          "manifest_schema_version",
          "manifest_profile",
          "manifest_config",
          "manifest_scene_count",
          "manifest_split_count",
          "writer_config_hash",
          "source_manifest_hash",
          "validation_ok",
          "validation_status",
          "validation_error_count",
          "first_error",
          "validation_errors",
          "required_groups_present",
          "required_groups_missing",
          "missing_required_groups",
          "observed_rollouts",
          "observed_steps",
          "observed_candidates",
          "actor_action_fraction",
          "q_train_fraction",
          "selected_count",
          "policy_summary",
          "horizon_summary",
          "branch_factor_summary",
          "validator_rollouts",
          "validator_steps",
          "validator_candidates",
          "mtime_unix",
          "size_bytes",
          "file_count");

  private final StoreIO io;
  private final StoreLocation path;
  private final Optional<CheckLevel> judged;
  private final Map<String, Object> row = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private Boolean isOk;

  InventoryRow(StoreIO io, StoreLocation path, Optional<CheckLevel> judged) {
    this.io = io;
    this.path = path;
    this.judged = judged;
    COLUMNS.forEach(column -> row.put(column, null));
  }

  AuditRow toRow() {
    row.put("path", path.text());
    row.put("name", path.name());
    row.put("schema_status", "unreadable");
    for (String summary : List.of("policy_summary", "horizon_summary", "branch_factor_summary")) {
      row.put(summary, "");
    }
    attempt(this::measureAndRead);
    if (!problems.isEmpty()) {
      isOk = false;
    }
    row.put("validation_ok", isOk);
    row.put("validation_status", isOk == null ? "unknown" : isOk ? "ok" : "failed");
    row.put("validation_error_count", problems.size());
    row.put("first_error", problems.isEmpty() ? "" : problems.get(0));
    row.put("validation_errors", List.copyOf(problems));
    return new AuditRow(row);
  }

  /** A step that may throw. */
  private interface Step {
    void run() throws IOException;
  }

  /** Takes a step; what is wrong is noted, and the steps after it are taken all the same. */
  private void attempt(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      problems.add("Cannot read store: %s (store=%s)".formatted(StorageReason.of(e), path));
    } catch (NbvException e) {
      problems.add(e.getMessage());
    } catch (ArithmeticException
        | ClassCastException
        | IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException e) {
      // Content of a form that readers do not foresee, in stores that nobody has judged.
      problems.add(
          "Cannot read store: the content is of no known form (store=%s, reason=%s)"
              .formatted(path, e.getClass().getSimpleName()));
    }
  }

  private void measureAndRead() throws IOException {
    SortedMap<String, StoreEntry> files = io.listTree(path);
    attempt(() -> measure(files));
    attempt(() -> CommitFacts.of(io, path).putInto(row));
    RolloutZarrStoreReader store =
        RolloutZarrStoreReader.open(
            path.isLocal()
                ? StoreLayout.filesAt(path.localPath())
                : StoreLayout.filesAt(io, path, files));
    read(store);
  }

  private void measure(SortedMap<String, StoreEntry> files) throws IOException {
    boolean isArchive = CommitFacts.isArchive(path);
    row.put("file_count", isArchive ? 1 : files.size());
    row.put(
        "size_bytes",
        isArchive
            ? Files.size(path.localPath())
            : files.values().stream().mapToLong(StoreEntry::sizeBytes).sum());
    String root =
        files.containsKey(StoreLayout.ARCHIVE_NAME)
            ? StoreLayout.ARCHIVE_NAME
            : StoreLayout.ROOT_DOCUMENT;
    io.modifiedAt(files.isEmpty() ? path : path.child(root))
        .ifPresent(time -> row.put("mtime_unix", time.toEpochMilli() / 1000.0));
  }

  private void read(RolloutZarrStoreReader store) {
    row.put("schema_status", store.hasCurrentSchema() ? "current" : "stale");
    attempt(() -> ManifestFacts.putInto(row, store));
    attempt(() -> groups(store));
    StoreFacts facts = new StoreFacts(store);
    attempt(() -> row.put("observed_rollouts", facts.rows("rollouts")));
    attempt(() -> row.put("observed_steps", facts.rows("steps")));
    attempt(() -> row.put("observed_candidates", facts.rows("candidates")));
    attempt(() -> row.put("actor_action_fraction", facts.fraction("actor_action_mask")));
    attempt(() -> row.put("q_train_fraction", facts.fraction("q_train_mask")));
    attempt(() -> row.put("selected_count", facts.count("selected_mask")));
    attempt(() -> row.put("policy_summary", facts.policies()));
    attempt(() -> row.put("horizon_summary", facts.values("horizon")));
    attempt(() -> row.put("branch_factor_summary", facts.values("branch_factor")));
    judged.ifPresent(level -> attempt(() -> judge(store, level)));
  }

  private void groups(RolloutZarrStoreReader store) {
    List<String> missing =
        StoreSchema.current().groups().stream().filter(group -> !store.hasGroup(group)).toList();
    row.put("required_groups_present", StoreSchema.current().groups().size() - missing.size());
    row.put("required_groups_missing", missing.size());
    row.put("missing_required_groups", missing);
  }

  private void judge(RolloutZarrStoreReader store, CheckLevel level) {
    RolloutZarrValidationResult verdict =
        RolloutZarrValidator.validateRolloutZarrStore(store, level);
    row.put("validator_rollouts", verdict.numRollouts());
    row.put("validator_steps", verdict.numSteps());
    row.put("validator_candidates", verdict.numCandidates());
    verdict.findings(level).stream().map(Finding::toString).forEach(problems::add);
    isOk = problems.isEmpty();
  }
}
