package org.nbvrollouts.store.table;

import org.nbvrollouts.store.error.InvalidContentException;

/**
 * Row of each id of a key column; of equal ids the first row. Ids that are the row numbers take no
 * memory, others twelve to forty-eight bytes each. Ids that were chosen to fall on each other are
 * refused: looking them up would take the square of the time.
 */
public final class IdIndex {
  private static final int ABSENT = -1;
  private static final long MIX = 0x9e3779b97f4a7c15L;

  /** Slots that are looked at for a row, on average; ids of rollouts need about two. */
  private static final int MOST_LOOKS = 64;

  private static final int FREE_LOOKS = 1 << 16;

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
    long looks = 0;
    for (int row = 0; row < rows; row++) {
      looks += index.put(column.longAt(row), row);
      if (looks > FREE_LOOKS + (long) MOST_LOOKS * rows) {
        throw new InvalidContentException(
            "Invalid ids: they fall on each other in an index (rows=%d, expected ids in any order, as a rule 0 to %d)"
                .formatted(rows, rows - 1));
      }
    }
    return index;
  }

  /** Slots hold the row plus one, so that zero is an empty slot. Returns the slots looked at. */
  private int put(long id, int row) {
    int slot = slot(id);
    if (rowOfSlot[slot] == 0) {
      ids[slot] = id;
      rowOfSlot[slot] = row + 1;
    }
    return 1 + ((slot - firstSlot(id)) & (ids.length - 1));
  }

  private int firstSlot(long id) {
    return (int) ((id * MIX) >>> 32) & (ids.length - 1);
  }

  private int slot(long id) {
    int mask = ids.length - 1;
    int slot = firstSlot(id);
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
