package org.nbvrollouts.jobs.origin;

import java.util.Optional;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.TypedArray;

/** One row of a table of a store; columns are read when they are asked for. */
public final class StoredRow {
  private final StoredTables tables;
  private final String table;
  private final int row;

  StoredRow(StoredTables tables, String table, int row) {
    this.tables = tables;
    this.table = table;
    this.row = row;
  }

  /** Position in the table. */
  public int row() {
    return row;
  }

  /** Slash path of a column of this row. */
  public String path(String column) {
    return table + "/" + column;
  }

  /** An integer or, as 0 and 1, a truth value. */
  public long integer(String column) {
    return array(column).longAt(row);
  }

  public boolean truth(String column) {
    return array(column).booleanAt(row);
  }

  /** A number of any type. */
  public double real(String column) {
    return array(column).doubleAt(row);
  }

  /** One value of a column with several per row, in C order. */
  public double real(String column, int index) {
    TypedArray array = array(column);
    return array.doubleAt(row * array.rowSize() + index);
  }

  /** Number of values per row of a column. */
  public int width(String column) {
    return array(column).rowSize();
  }

  /** The dictionary entry that a column names, or empty if it names none. */
  public Optional<String> text(String column) {
    String dictionary =
        StoreSchema.current().array(path(column)).orElseThrow().dictionary().orElseThrow();
    return tables.entry(dictionary, integer(column));
  }

  private TypedArray array(String column) {
    return tables.array(path(column));
  }
}
