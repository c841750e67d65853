package org.nbvrollouts.pipeline.target;

import org.nbvrollouts.store.schema.TargetInvalidReason;

/**
 * Invalidity of a target as bits (specification generation 3.3): bit 0 is set exactly if no other
 * bit is.
 *
 * @param bitset reason codes as bit positions
 */
public record TargetReasons(int bitset) {
  public TargetReasons {
    if (bitset <= 0 || (bitset != 1 && (bitset & 1) != 0)) {
      throw new IllegalArgumentException(
          "Invalid target reasons: " + bitset + " (expected bit 0 alone or other bits alone)");
    }
  }

  /** A single code. */
  static TargetReasons of(TargetInvalidReason reason) {
    return new TargetReasons(reason.mask());
  }

  /** 0 if valid, otherwise the lowest reason code. */
  public int primary() {
    return Integer.numberOfTrailingZeros(bitset);
  }
}
