package org.nbvrollouts.store.source;

import java.util.Arrays;

/** Immutable column of float32 values. */
public final class FloatColumn {
  private final float[] values;

  private FloatColumn(float[] values) {
    this.values = values;
  }

  /** Copies the values. */
  public static FloatColumn of(float... values) {
    return new FloatColumn(values.clone());
  }

  public int length() {
    return values.length;
  }

  public float at(int index) {
    return values[index];
  }

  /** The values in a new array. */
  public float[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatColumn that && Arrays.equals(values, that.values);
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
