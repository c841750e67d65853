package org.nbvrollouts.store.zarr;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.nbvrollouts.store.table.TypedArray;

/** Row of each id of a table. Ids that equal their row, as most do, need no map. */
final class RowPositions {
  private final int denseRows;
  private final Map<Long, Integer> rows;

  private RowPositions(int denseRows, Map<Long, Integer> rows) {
    this.denseRows = denseRows;
    this.rows = rows;
  }

  /** Of ids in row order; of equal ids the first row counts. */
  static RowPositions of(TypedArray ids) {
    int dense = 0;
    while (dense < ids.rows() && ids.longAt(dense) == dense) {
      dense++;
    }
    Map<Long, Integer> rows = new HashMap<>();
    for (int row = dense; row < ids.rows(); row++) {
      rows.putIfAbsent(ids.longAt(row), row);
    }
    return new RowPositions(dense, rows);
  }

  OptionalInt of(long id) {
    if (id >= 0 && id < denseRows) {
      return OptionalInt.of((int) id);
    }
    Integer row = rows.get(id);
    return row == null ? OptionalInt.empty() : OptionalInt.of(row);
  }
}
