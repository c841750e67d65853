package org.nbvrollouts.store.table;

import java.util.List;
import org.nbvrollouts.store.schema.ElementType;

/**
 * An array of the store as blocks of rows: in memory as a whole, or made block by block because the
 * whole would not fit.
 */
public sealed interface ArrayRows permits TypedArray, PaddedColumn {
  ElementType type();

  /** Length of each axis. */
  List<Integer> shape();

  /** Length of the first axis; 1 for rank 0. */
  int rows();

  /** Number of elements of one row. */
  int rowSize();

  /**
   * Rows {@code first} to {@code first + count − 1}.
   *
   * @throws ArithmeticException if they have more than 2 GiB
   */
  TypedArray rows(int first, int count);
}
