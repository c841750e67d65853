package org.nbvrollouts.store.audit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The steps that a query asks for, one after the other along their chains: by rollout, step index
 * and id. A slot is a position in this order. Twenty bytes per step are kept.
 */
final class StepOrder {
  private final long[] rollouts;
  private final int[] indices;
  private final long[] ids;
  private final int[] rows;

  private StepOrder(long[] rollouts, int[] indices, long[] ids, int[] rows) {
    this.rollouts = rollouts;
    this.indices = indices;
    this.ids = ids;
    this.rows = rows;
  }

  /** Those of a table of steps that are in the rollout of the query, if it names one. */
  static StepOrder of(AuditTable steps, AuditQuery query) {
    AuditColumn rollout = steps.column("rollout_row_id");
    AuditColumn index = steps.column("step_index");
    AuditColumn id = steps.column("step_row_id");
    int[] rows =
        IntStream.range(0, steps.rows())
            .filter(
                row ->
                    query.rollout().isEmpty() || rollout.longAt(row) == query.rollout().getAsLong())
            .toArray();
    long[] rollouts = Arrays.stream(rows).mapToLong(rollout::longAt).toArray();
    int[] indices = Arrays.stream(rows).map(row -> (int) index.longAt(row)).toArray();
    long[] ids = Arrays.stream(rows).mapToLong(id::longAt).toArray();
    StepOrder stored = new StepOrder(rollouts, indices, ids, rows);
    return stored.isSorted() ? stored : stored.sorted();
  }

  private boolean isSorted() {
    return IntStream.range(1, rows.length).allMatch(slot -> order().compare(slot - 1, slot) <= 0);
  }

  private Comparator<Integer> order() {
    return Comparator.<Integer>comparingLong(slot -> rollouts[slot])
        .thenComparingInt(slot -> indices[slot])
        .thenComparingLong(slot -> ids[slot]);
  }

  private StepOrder sorted() {
    int[] slots =
        IntStream.range(0, rows.length).boxed().sorted(order()).mapToInt(slot -> slot).toArray();
    return new StepOrder(
        Arrays.stream(slots).mapToLong(slot -> rollouts[slot]).toArray(),
        Arrays.stream(slots).map(slot -> indices[slot]).toArray(),
        Arrays.stream(slots).mapToLong(slot -> ids[slot]).toArray(),
        Arrays.stream(slots).map(slot -> rows[slot]).toArray());
  }

  int size() {
    return rows.length;
  }

  /** Row of a slot in the table of steps. */
  int row(int slot) {
    return rows[slot];
  }

  long rollout(int slot) {
    return rollouts[slot];
  }

  int index(int slot) {
    return indices[slot];
  }

  long id(int slot) {
    return ids[slot];
  }

  /** True if another step of the same chain comes before. */
  boolean hasPrevious(int slot) {
    return slot > 0 && rollouts[slot - 1] == rollouts[slot];
  }
}
