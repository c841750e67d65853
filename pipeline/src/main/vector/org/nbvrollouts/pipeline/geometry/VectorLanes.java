package org.nbvrollouts.pipeline.geometry;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Lanes of eight as the bits of an integer; masks would allocate on JDK 17. */
final class VectorLanes {
  /** The bit of each lane. */
  private static final IntVector BITS =
      IntVector.fromArray(IntVector.SPECIES_256, new int[] {1, 2, 4, 8, 16, 32, 64, 128}, 0);

  private static final int SIGN = 31;

  private VectorLanes() {}

  /** Bits of the lanes whose sign is negative. */
  static int negative(IntVector values) {
    return values.lanewise(VectorOperators.ASHR, SIGN).and(BITS).reduceLanes(VectorOperators.OR);
  }

  /** Bits of the lanes whose sign is not negative. */
  static int notNegative(IntVector values) {
    return values
        .lanewise(VectorOperators.ASHR, SIGN)
        .lanewise(VectorOperators.NOT)
        .and(BITS)
        .reduceLanes(VectorOperators.OR);
  }
}
