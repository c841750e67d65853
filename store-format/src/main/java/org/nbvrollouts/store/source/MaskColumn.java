package org.nbvrollouts.store.source;

import java.util.Arrays;

/** Immutable column of truth values. */
public final class MaskColumn {
  private final boolean[] values;

  private MaskColumn(boolean[] values) {
    this.values = values;
  }

  /** Copies the values. */
  public static MaskColumn of(boolean... values) {
    return new MaskColumn(values.clone());
  }

  public int length() {
    return values.length;
  }

  public boolean at(int index) {
    return values[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaskColumn that && Arrays.equals(values, that.values);
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
