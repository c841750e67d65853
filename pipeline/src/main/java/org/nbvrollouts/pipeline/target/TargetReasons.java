package org.nbvrollouts.pipeline.target;

/**
 * Invalidity of a target as bits (specification generation 3.3): bit 0 is set exactly if no other
 * bit is.
 *
 * @param bitset reason codes as bit positions
 */
public record TargetReasons(int bitset) {
  /** Version of the code table. */
  public static final String VERSION = "target-selection-invalidity-v1";

  public TargetReasons {
    if (bitset <= 0 || (bitset != 1 && (bitset & 1) != 0)) {
      throw new IllegalArgumentException(
          "Invalid target reasons: " + bitset + " (expected bit 0 alone or other bits alone)");
    }
  }

  /** One code: 0 for a valid target, otherwise the reason against it. */
  static TargetReasons of(int code) {
    return new TargetReasons(1 << code);
  }

  /** 0 if valid, otherwise the lowest reason code. */
  public int primary() {
    return Integer.numberOfTrailingZeros(bitset);
  }
}
