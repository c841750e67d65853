package org.nbvrollouts.pipeline.geometry;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Lanes of eight as the bits of an integer: by a comparison where the JDK turns masks into bits in
 * registers, by an OR over the lanes on older ones, whose masks allocate.
 */
final class VectorLanes {
  /** The bit of each lane. */
  static final IntVector BITS =
      IntVector.fromArray(IntVector.SPECIES_256, new int[] {1, 2, 4, 8, 16, 32, 64, 128}, 0);

  static final int SIGN = 31;

  /** Earlier than 25 only JDK 17 has been measured. */
  static final boolean HAS_FAST_MASKS = Runtime.version().feature() >= 25;

  private VectorLanes() {}

  /** Bits of the lanes whose sign is not negative. */
  static int notNegative(IntVector values) {
    if (HAS_FAST_MASKS) {
      return (int) values.compare(VectorOperators.GE, 0).toLong();
    }
    return values
        .lanewise(VectorOperators.ASHR, SIGN)
        .lanewise(VectorOperators.NOT)
        .and(BITS)
        .reduceLanes(VectorOperators.OR);
  }

  /**
   * Bits of the values of a row whose sign is not negative. A vector that a method of ours passes
   * to another is allocated where the compiler does not inline the call; a row never is.
   */
  static int notNegative(float[] row, int at) {
    IntVector values = FloatVector.fromArray(FloatVector.SPECIES_256, row, at).reinterpretAsInts();
    return HAS_FAST_MASKS
        ? (int) values.compare(VectorOperators.GE, 0).toLong()
        : values
            .lanewise(VectorOperators.ASHR, SIGN)
            .lanewise(VectorOperators.NOT)
            .and(BITS)
            .reduceLanes(VectorOperators.OR);
  }
}
