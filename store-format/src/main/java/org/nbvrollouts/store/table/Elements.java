package org.nbvrollouts.store.table;

import java.util.List;
import org.nbvrollouts.store.schema.ElementType;

/**
 * The elements of an array, wherever they are: in memory, or behind pages that are read when they
 * are asked for. A flat index counts elements in C order; going through it upwards is the fast way.
 */
public interface Elements {
  ElementType type();

  /** Length of each axis. */
  List<Integer> shape();

  /** Length of the first axis; 1 for rank 0. */
  int rows();

  /** Number of elements of one row. */
  int rowSize();

  /** Number of axes. */
  default int rank() {
    return shape().size();
  }

  /** Number of elements. */
  default int size() {
    return Math.multiplyExact(rows(), rowSize());
  }

  /** Integer or truth value (0, 1) of an element; unsigned types are not negative. */
  long longAt(int index);

  /** Value of an element of any type; 64-bit integers are rounded. */
  double doubleAt(int index);

  /** True if the element is not zero. */
  default boolean booleanAt(int index) {
    return longAt(index) != 0;
  }

  /** As {@link #longAt}, for values that fit an int. */
  default int intAt(int index) {
    return Math.toIntExact(longAt(index));
  }

  /** All elements as 64-bit integers, in a new array. */
  default long[] longs() {
    long[] values = new long[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = longAt(i);
    }
    return values;
  }
}
