package org.nbvrollouts.store.audit;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.RandomAccess;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Columns of a view over the rows of one table: each is a function of the row number, so that only
 * what is asked for is read. Not thread-safe.
 */
final class AuditColumns {
  private final Map<String, IntFunction<?>> columns = new LinkedHashMap<>();

  AuditColumns add(String name, IntFunction<?> value) {
    columns.put(name, value);
    return this;
  }

  List<String> names() {
    return List.copyOf(columns.keySet());
  }

  /** Value of one column in a row. */
  Object value(String name, int row) {
    return columns.get(name).apply(row);
  }

  /** Whole row. */
  AuditRow row(int row) {
    Map<String, Object> values = new LinkedHashMap<>();
    columns.forEach((name, value) -> values.put(name, value.apply(row)));
    return new AuditRow(values);
  }

  /** The rows of a table that pass, in its order; the limit applies to them. */
  AuditRows rows(int tableRows, IntPredicate passes, OptionalLong limit) {
    long most = Math.max(0, limit.orElse(Long.MAX_VALUE));
    int[] kept = new int[64];
    int count = 0;
    long total = 0;
    for (int row = 0; row < tableRows; row++) {
      if (passes.test(row)) {
        total++;
        if (count < most) {
          kept = count == kept.length ? Arrays.copyOf(kept, grown(count, tableRows)) : kept;
          kept[count++] = row;
        }
      }
    }
    return new AuditRows(names(), new RowsWhenAsked(this, Arrays.copyOf(kept, count)), total);
  }

  private static int grown(int count, int tableRows) {
    return (int) Math.min(tableRows, count * 2L);
  }

  /** Rows that are read when they are asked for. */
  private static final class RowsWhenAsked extends AbstractList<AuditRow> implements RandomAccess {
    private final AuditColumns columns;
    private final int[] rows;

    RowsWhenAsked(AuditColumns columns, int[] rows) {
      this.columns = columns;
      this.rows = rows;
    }

    @Override
    public AuditRow get(int index) {
      return columns.row(rows[index]);
    }

    @Override
    public int size() {
      return rows.length;
    }
  }
}
