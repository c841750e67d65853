package org.nbvrollouts.store.source;

import java.util.Arrays;

/** Immutable column of float64 values. */
public final class DoubleColumn {
  private final double[] values;

  private DoubleColumn(double[] values) {
    this.values = values;
  }

  /** Copies the values. */
  public static DoubleColumn of(double... values) {
    return new DoubleColumn(values.clone());
  }

  public int length() {
    return values.length;
  }

  public double at(int index) {
    return values[index];
  }

  /** The values in a new array. */
  public double[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DoubleColumn that && Arrays.equals(values, that.values);
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
