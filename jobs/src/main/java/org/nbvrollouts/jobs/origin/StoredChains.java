package org.nbvrollouts.jobs.origin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** Rollouts of a store with the rows of all tables that belong to them, joined by id columns. */
public final class StoredChains {
  private static final int SHOWN_IDS = 5;

  private final RolloutZarrStoreReader reader;
  private final StoredTables tables;
  private final List<String> ids;

  /** Reads the ids of a store, which need not say what it was made from. */
  public StoredChains(RolloutZarrStoreReader reader) {
    this.reader = reader;
    this.tables = new StoredTables(reader);
    TypedArray entries = tables.array("rollouts/rollout_id");
    List<String> texts = new ArrayList<>();
    for (int row = 0; row < entries.rows(); row++) {
      texts.add(tables.entry("rollout", entries.longAt(row)).orElse(""));
    }
    this.ids = List.copyOf(texts);
  }

  List<String> ids() {
    return ids;
  }

  /**
   * Row of a rollout by its text id or its row number.
   *
   * @throws RefusedInputException if there is none, naming some that are there
   */
  public int rowOf(String rollout) {
    int row = ids.indexOf(rollout);
    if (row < 0 && rollout.matches("[0-9]{1,9}")) {
      row = Integer.parseInt(rollout);
    }
    if (row < 0 || row >= ids.size()) {
      throw new RefusedInputException(
          "Cannot find rollout: the store has none of this id or row (rollout="
              + rollout
              + ", rollouts="
              + ids.size()
              + ", store="
              + reader.location()
              + "). Some that are there: "
              + String.join(", ", ids.subList(0, Math.min(SHOWN_IDS, ids.size()))));
    }
    return row;
  }

  /** The rollout of a row, 0 to one less than there are. */
  public StoredChain chain(int row) {
    StoredRow rollout = new StoredRow(tables, "rollouts", row);
    long id = rollout.integer("rollout_row_id");
    List<StoredStep> steps =
        tables.rowsWhere("steps", "rollout_row_id", id).stream()
            .sorted(Comparator.comparingLong(step -> step.integer("step_index")))
            .map(this::step)
            .toList();
    return new StoredChain(
        ids.get(row),
        rollout,
        only("lineage", "rollout_row_id", id),
        only("sources", "source_row_id", rollout.integer("source_row_id")),
        only("targets", "target_row_id", rollout.integer("target_row_id")),
        steps);
  }

  private StoredStep step(StoredRow step) {
    long id = step.integer("step_row_id");
    List<StoredRow> candidates = tables.rowsWhere("candidates", "step_row_id", id);
    // Diagnostics have one row per candidate and the view one per step, at the same position.
    List<StoredRow> diagnostics =
        candidates.stream()
            .map(row -> new StoredRow(tables, "candidate_diagnostics", row.row()))
            .toList();
    List<StoredRow> depths = tables.rowsWhere("selected_depth", "step_row_id", id);
    return new StoredStep(
        step,
        candidates,
        diagnostics,
        depths.isEmpty() ? Optional.empty() : Optional.of(depths.get(0)),
        new StoredRow(tables, "q_h", step.row()),
        tables.rowsWhere("target_eval_crops", "step_row_id", id));
  }

  private StoredRow only(String table, String column, long id) {
    List<StoredRow> rows = tables.rowsWhere(table, column, id);
    if (rows.size() != 1) {
      throw new InvalidContentException(
          "Invalid store: %d rows of this id (expected 1, array=%s/%s, id=%d, store=%s)"
              .formatted(rows.size(), table, column, id, reader.location()));
    }
    return rows.get(0);
  }
}
