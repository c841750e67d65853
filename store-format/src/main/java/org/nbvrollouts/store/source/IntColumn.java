package org.nbvrollouts.store.source;

import java.util.Arrays;

/** Immutable column of int32 values. */
public final class IntColumn {
  private final int[] values;

  private IntColumn(int[] values) {
    this.values = values;
  }

  /** Copies the values. */
  public static IntColumn of(int... values) {
    return new IntColumn(values.clone());
  }

  public int length() {
    return values.length;
  }

  public int at(int index) {
    return values[index];
  }

  /** The values in a new array. */
  public int[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntColumn that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
