package org.nbvrollouts.store.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.nbvrollouts.store.table.TypedArray;

/**
 * Which rows of each factual table belong to which source row, and the number that a store-local id
 * has among the ids of its own source row.
 */
final class SourceRowOwners {
  private static final int NOBODY = -1;

  private final Function<String, TypedArray> arrays;
  private final long[] sourceRowIds;
  private final Map<String, int[]> owners = new HashMap<>();
  private final Map<String, Map<Long, Long>> localIds = new HashMap<>();

  SourceRowOwners(Function<String, TypedArray> arrays) {
    this.arrays = arrays;
    this.sourceRowIds = arrays.apply("sources/source_row_id").longs();
    Map<Long, Integer> bySource = new HashMap<>();
    for (int i = 0; i < sourceRowIds.length; i++) {
      bySource.putIfAbsent(sourceRowIds[i], i);
    }
    owners.put("sources", ownersBy("sources/source_row_id", bySource));
    int[] rollouts = ownersBy("rollouts/source_row_id", bySource);
    owners.put("rollouts", rollouts);
    Map<Long, Integer> byRollout = ownersOfIds("rollouts/rollout_row_id", rollouts);
    owners.put("lineage", ownersBy("lineage/rollout_row_id", byRollout));
    owners.put("targets", ownersOfTargets(rollouts));
    owners.put("steps", ownersBy("steps/rollout_row_id", byRollout));
    Map<Long, Integer> byStep = ownersOfIds("steps/step_row_id", owners.get("steps"));
    owners.put("candidates", ownersBy("candidates/step_row_id", byStep));
    Map<Long, Integer> byCandidate =
        ownersOfIds("candidates/candidate_row_id", owners.get("candidates"));
    owners.put(
        "candidate_diagnostics", ownersBy("candidate_diagnostics/candidate_row_id", byCandidate));
    owners.put("selected_depth", ownersBy("selected_depth/step_row_id", byStep));
    owners.put("target_eval_crops", ownersBy("target_eval_crops/step_row_id", byStep));
    number("rollouts", "rollout_row_id");
    number("steps", "step_row_id");
    number("candidates", "candidate_row_id");
    number("targets", "target_row_id");
    number("target_eval_crops", "crop_row_id");
  }

  private int[] ownersBy(String path, Map<Long, Integer> ownerOfId) {
    return Arrays.stream(arrays.apply(path).longs())
        .mapToInt(id -> ownerOfId.getOrDefault(id, NOBODY))
        .toArray();
  }

  private Map<Long, Integer> ownersOfIds(String path, int[] ownerOfRow) {
    long[] ids = arrays.apply(path).longs();
    Map<Long, Integer> owner = new HashMap<>();
    for (int row = 0; row < ids.length; row++) {
      owner.putIfAbsent(ids[row], ownerOfRow[row]);
    }
    return owner;
  }

  private int[] ownersOfTargets(int[] ownerOfRollout) {
    long[] targets = arrays.apply("rollouts/target_row_id").longs();
    Map<Long, Integer> owner = new HashMap<>();
    for (int row = 0; row < targets.length; row++) {
      owner.putIfAbsent(targets[row], ownerOfRollout[row]);
    }
    return ownersBy("targets/target_row_id", owner);
  }

  private void number(String group, String column) {
    long[] ids = arrays.apply(group + "/" + column).longs();
    int[] owner = owners.get(group);
    long[] next = new long[sourceRowIds.length];
    Map<Long, Long> local = new HashMap<>();
    for (int row = 0; row < ids.length; row++) {
      if (owner[row] != NOBODY) {
        local.putIfAbsent(ids[row], next[owner[row]]++);
      }
    }
    localIds.put(column, local);
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

  /** Position of the source that owns a row, −1 if none does. */
  int owner(String table, int row) {
    int[] owner = owners.get(table);
    return row < owner.length ? owner[row] : NOBODY;
  }

  /** Rows of a table per source. */
  int[] counts(String table) {
    int[] counts = new int[sourceRowIds.length];
    for (int owner : owners.get(table)) {
      if (owner != NOBODY) {
        counts[owner]++;
      }
    }
    return counts;
  }

  /** True if values of a column are store-local ids. */
  boolean isLocalId(String column) {
    return localIds.containsKey(column) || column.equals("selected_candidate_row_id");
  }

  /** Number of an id among those of its source row; negative ids stay. */
  long localId(String column, long id) {
    String key = column.equals("selected_candidate_row_id") ? "candidate_row_id" : column;
    return id < 0 ? id : localIds.get(key).getOrDefault(id, (long) NOBODY);
  }
}
