package org.nbvrollouts.pipeline.target;

import java.util.Set;
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

  /** Several codes, or valid if there is none. */
  static TargetReasons of(Set<TargetInvalidReason> reasons) {
    return reasons.isEmpty()
        ? of(TargetInvalidReason.VALID)
        : new TargetReasons(reasons.stream().mapToInt(TargetInvalidReason::mask).sum());
  }

  /** A single code. */
  static TargetReasons of(TargetInvalidReason reason) {
    return new TargetReasons(reason.mask());
  }

  /** True if nothing speaks against the target. */
  boolean isValid() {
    return bitset == TargetInvalidReason.VALID.mask();
  }

  /** 0 if valid, otherwise the lowest reason code. */
  public int primary() {
    return Integer.numberOfTrailingZeros(bitset);
  }
}
