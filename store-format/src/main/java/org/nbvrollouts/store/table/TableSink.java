package org.nbvrollouts.store.table;

import org.nbvrollouts.store.schema.ArraySpec;

/** Where the rows of a {@link RolloutTableStream} go. */
public interface TableSink {
  /**
   * Takes the next rows of an array. An array gets its rows in order; arrays take turns in any way.
   */
  void rows(ArraySpec spec, ArrayRows rows) throws InterruptedException;

  /** An empty column that is put aside, to be read when all records are known. */
  KeptColumn keep(ArraySpec spec);

  /** Rows put aside. */
  interface KeptColumn {
    /** Adds rows at the end. */
    void append(TypedArray rows);

    /** Rows {@code first} to {@code first + count − 1}. */
    TypedArray rows(int first, int count);
  }
}
