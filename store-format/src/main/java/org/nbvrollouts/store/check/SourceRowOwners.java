package org.nbvrollouts.store.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongToIntFunction;
import org.nbvrollouts.store.table.Elements;
import org.nbvrollouts.store.table.IdIndex;

/**
 * Which rows of each factual table belong to which source row, and the number that a store-local id
 * has among the ids of its own source row.
 */
final class SourceRowOwners {
  private static final int NOBODY = -1;

  private final Function<String, Elements> arrays;
  private final long[] sourceRowIds;
  private final Map<String, int[]> owners = new HashMap<>();
  private final Map<String, int[]> counts = new HashMap<>();
  private final Map<String, LocalIds> localIds = new HashMap<>();

  /** Number of each row among those of its source row. */
  static final class LocalIds {
    private final IdIndex rows;
    private final int[] numbers;

    LocalIds(IdIndex rows, int[] numbers) {
      this.rows = rows;
      this.numbers = numbers;
    }

    /** Number of an id; negative ids stay. */
    long of(long id) {
      if (id < 0) {
        return id;
      }
      int row = rows.row(id);
      return row < 0 ? NOBODY : numbers[row];
    }
  }

  SourceRowOwners(Function<String, Elements> arrays) {
    this.arrays = arrays;
    this.sourceRowIds = arrays.apply("sources/source_row_id").longs();
    IdIndex sources = IdIndex.of(arrays.apply("sources/source_row_id"));
    owners.put("sources", ownersBy("sources/source_row_id", sources::row));
    int[] rollouts = ownersBy("rollouts/source_row_id", sources::row);
    owners.put("rollouts", rollouts);
    LongToIntFunction byRollout = ownersOfIds("rollouts/rollout_row_id", rollouts);
    owners.put("lineage", ownersBy("lineage/rollout_row_id", byRollout));
    owners.put("targets", ownersOfTargets(rollouts));
    owners.put("steps", ownersBy("steps/rollout_row_id", byRollout));
    LongToIntFunction byStep = ownersOfIds("steps/step_row_id", owners.get("steps"));
    int[] candidates = ownersBy("candidates/step_row_id", byStep);
    owners.put("candidates", candidates);
    LongToIntFunction byCandidate = ownersOfIds("candidates/candidate_row_id", candidates);
    int[] diagnostics = ownersBy("candidate_diagnostics/candidate_row_id", byCandidate);
    // One array for both where they agree, as they must: these two are the large ones.
    owners.put(
        "candidate_diagnostics", Arrays.equals(diagnostics, candidates) ? candidates : diagnostics);
    owners.put("selected_depth", ownersBy("selected_depth/step_row_id", byStep));
    owners.put("target_eval_crops", ownersBy("target_eval_crops/step_row_id", byStep));
    number("rollouts", "rollout_row_id");
    number("steps", "step_row_id");
    number("candidates", "candidate_row_id");
    number("targets", "target_row_id");
    number("target_eval_crops", "crop_row_id");
  }

  private int[] ownersBy(String path, LongToIntFunction ownerOfId) {
    Elements ids = arrays.apply(path);
    int[] owner = new int[ids.rows()];
    for (int row = 0; row < owner.length; row++) {
      owner[row] = ownerOfId.applyAsInt(ids.longAt(row));
    }
    return owner;
  }

  private LongToIntFunction ownersOfIds(String path, int[] ownerOfRow) {
    IdIndex index = IdIndex.of(arrays.apply(path));
    return id -> {
      int row = index.row(id);
      return row < 0 ? NOBODY : ownerOfRow[row];
    };
  }

  private int[] ownersOfTargets(int[] ownerOfRollout) {
    IdIndex rollouts = IdIndex.of(arrays.apply("rollouts/target_row_id"));
    return ownersBy(
        "targets/target_row_id",
        target -> {
          int row = rollouts.row(target);
          return row < 0 ? NOBODY : ownerOfRollout[row];
        });
  }

  private void number(String group, String column) {
    int[] owner = owners.get(group);
    int[] next = new int[sourceRowIds.length];
    int[] numbers = new int[owner.length];
    for (int row = 0; row < owner.length; row++) {
      numbers[row] = owner[row] == NOBODY ? NOBODY : next[owner[row]]++;
    }
    localIds.put(column, new LocalIds(IdIndex.of(arrays.apply(group + "/" + column)), numbers));
  }

  int sources() {
    return sourceRowIds.length;
  }

  long sourceRowId(int source) {
    return sourceRowIds[source];
  }

  /** Tables whose rows belong to a source row. */
  Set<String> tables() {
    return new HashSet<>(owners.keySet());
  }

  /** Position of the source that owns each row of a table, −1 for nobody; not to be changed. */
  int[] owners(String table) {
    return owners.get(table);
  }

  /** Rows of a table per source; the array must not be changed. */
  int[] counts(String table) {
    return counts.computeIfAbsent(table, this::count);
  }

  private int[] count(String table) {
    int[] counts = new int[sourceRowIds.length];
    for (int owner : owners.get(table)) {
      if (owner != NOBODY) {
        counts[owner]++;
      }
    }
    return counts;
  }

  /** How the values of a column are numbered; empty if they are not store-local ids. */
  Optional<LocalIds> localIds(String column) {
    String key = column.equals("selected_candidate_row_id") ? "candidate_row_id" : column;
    return Optional.ofNullable(localIds.get(key));
  }
}
