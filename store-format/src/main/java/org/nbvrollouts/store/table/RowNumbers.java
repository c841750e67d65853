package org.nbvrollouts.store.table;

import java.util.List;
import org.nbvrollouts.store.schema.ElementType;

/** A column of ids that are the row numbers, as every table of a new store has. */
record RowNumbers(int rows) implements Elements {
  @Override
  public ElementType type() {
    return ElementType.INT64;
  }

  @Override
  public List<Integer> shape() {
    return List.of(rows);
  }

  @Override
  public int rowSize() {
    return 1;
  }

  @Override
  public long longAt(int index) {
    return index;
  }

  @Override
  public double doubleAt(int index) {
    return index;
  }
}
