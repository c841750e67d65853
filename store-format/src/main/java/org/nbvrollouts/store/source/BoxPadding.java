package org.nbvrollouts.store.source;

import java.util.Optional;

/** Why a box row is padding and no object (specification source 6.4, rule S-3). */
public enum BoxPadding {
  /** All 34 values are −1. */
  MINUS_ONE,
  /** A bound or a value of the pose is NaN. */
  NOT_A_NUMBER,
  /** All 34 values are 0. */
  ZERO;

  private static final int BOUNDS_END = 6;
  private static final int POSE_START = 18;
  private static final int POSE_END = 30;

  /** The rule that makes a row padding, or empty for an object. */
  public static Optional<BoxPadding> of(OrientedBox box) {
    boolean minusOne = true;
    boolean zero = true;
    for (int i = 0; i < OrientedBox.LENGTH; i++) {
      float value = box.value(i);
      boolean geometry = i < BOUNDS_END || (i >= POSE_START && i < POSE_END);
      if (geometry && Float.isNaN(value)) {
        return Optional.of(NOT_A_NUMBER);
      }
      minusOne &= value == -1f;
      zero &= value == 0f;
    }
    if (minusOne) {
      return Optional.of(MINUS_ONE);
    }
    return zero ? Optional.of(ZERO) : Optional.empty();
  }
}
