package org.nbvrollouts.store.audit;

import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/**
 * One column of a table, read page by page: going through it in row order reads every chunk once
 * and keeps one page in memory. A column that the store lacks has {@code null} everywhere. Not
 * thread-safe.
 */
final class AuditColumn {
  private final RolloutZarrStoreReader store;
  private final String path;
  private final boolean isPresent;
  private final int rows;
  private int firstRow;
  private TypedArray page;

  AuditColumn(RolloutZarrStoreReader store, String path, boolean isPresent, int rows) {
    this.store = store;
    this.path = path;
    this.isPresent = isPresent;
    this.rows = rows;
  }

  boolean isPresent() {
    return isPresent;
  }

  /** Index in {@link #page} of the first element of a row, whose page is in memory afterwards. */
  private int load(int row) {
    if (page == null || row < firstRow || row >= firstRow + page.rows()) {
      int pageRows = store.pageRows(path);
      firstRow = row / pageRows * pageRows;
      page = store.rows(path, firstRow, Math.min(pageRows, rows - firstRow));
    }
    return (row - firstRow) * page.rowSize();
  }

  /** All elements of a row, as an array of one row; of a column that the store has. */
  TypedArray elements(int row) {
    load(row);
    return page.rows(row - firstRow, 1);
  }

  /** Rows that are true, of a column of truth values that the store has. */
  long countTrue() {
    long count = 0;
    for (int row = 0; row < rows; row++) {
      count += booleanAt(row) ? 1 : 0;
    }
    return count;
  }

  /** Integer or truth value as a number; of a column that the store has. */
  long longAt(int row) {
    int index = load(row);
    return page.longAt(index);
  }

  /** Truth value; of a column that the store has. */
  boolean booleanAt(int row) {
    return longAt(row) != 0;
  }

  /** Integer, or {@code null} if the store lacks the column. */
  Long integer(int row) {
    return isPresent ? longAt(row) : null;
  }

  /** Truth value, or {@code null} if the store lacks the column. */
  Boolean flag(int row) {
    return isPresent ? booleanAt(row) : null;
  }

  /** Number widened to double, NaN if the store lacks the column. */
  double doubleAt(int row) {
    return doubleAt(row, 0);
  }

  /** One of the numbers of a row, NaN if the store lacks the column. */
  double doubleAt(int row, int element) {
    if (!isPresent) {
      return Double.NaN;
    }
    int index = load(row) + element;
    return page.doubleAt(index);
  }

  /** Number, or {@code null} if it is not finite or the store lacks the column. */
  Double number(int row) {
    return number(row, 0);
  }

  /** One of the numbers of a row, or {@code null} as for {@link #number(int)}. */
  Double number(int row, int element) {
    double value = doubleAt(row, element);
    return Double.isFinite(value) ? value : null;
  }
}
