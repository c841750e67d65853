package org.nbvrollouts.store.table;

/**
 * Row of each id of a key column; of equal ids the first row. Ids that are the row numbers take no
 * memory, others twelve to forty-eight bytes each.
 */
public final class IdIndex {
  private static final int ABSENT = -1;
  private static final long MIX = 0x9e3779b97f4a7c15L;

  private final int rows;
  private final long[] ids;
  private final int[] rowOfSlot;

  private IdIndex(int rows, long[] ids, int[] rowOfSlot) {
    this.rows = rows;
    this.ids = ids;
    this.rowOfSlot = rowOfSlot;
  }

  /** Indexes a column. */
  public static IdIndex of(Elements column) {
    int rows = column.size();
    int dense = 0;
    while (dense < rows && column.longAt(dense) == dense) {
      dense++;
    }
    if (dense == rows) {
      return new IdIndex(rows, new long[0], new int[0]);
    }
    int slots = 1;
    while (slots < 1L << 30 && slots < 1.5 * rows) {
      slots <<= 1;
    }
    IdIndex index = new IdIndex(rows, new long[slots], new int[slots]);
    for (int row = 0; row < rows; row++) {
      index.put(column.longAt(row), row);
    }
    return index;
  }

  /** Slots hold the row plus one, so that zero is an empty slot. */
  private void put(long id, int row) {
    int slot = slot(id);
    if (rowOfSlot[slot] == 0) {
      ids[slot] = id;
      rowOfSlot[slot] = row + 1;
    }
  }

  private int slot(long id) {
    int mask = ids.length - 1;
    int slot = (int) ((id * MIX) >>> 32) & mask;
    while (rowOfSlot[slot] != 0 && ids[slot] != id) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** First row with that id, −1 if none has it. */
  public int row(long id) {
    if (ids.length == 0) {
      return id >= 0 && id < rows ? (int) id : ABSENT;
    }
    return rowOfSlot[slot(id)] - 1;
  }

  /** True if a row has that id. */
  public boolean contains(long id) {
    return row(id) >= 0;
  }
}
