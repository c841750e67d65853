package org.nbvrollouts.pipeline.random;

import java.util.function.DoubleSupplier;

/**
 * SplitMix64 with random access (Steele, Lea, Flood: Fast splittable pseudorandom number
 * generators, 2014; specification generation 4.6). Value k equals the k-th {@code nextDouble()},
 * counted from 0, of {@code java.util.SplittableRandom(seed)}, on every JVM. Immutable.
 */
public final class CounterRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double DOUBLE_UNIT = 0x1.0p-53;

  private final long seed;

  public CounterRandom(long seed) {
    this.seed = seed;
  }

  /** Uniform number k in [0, 1). */
  public double doubleAt(long k) {
    return (mix64(seed + (k + 1) * GOLDEN_GAMMA) >>> 11) * DOUBLE_UNIT;
  }

  /**
   * Numbers 0, 1, 2, … of this stream, one per call. The supplier has a position of its own and is
   * meant for one thread.
   */
  public DoubleSupplier stream() {
    return new DoubleSupplier() {
      private long next;

      @Override
      public double getAsDouble() {
        return doubleAt(next++);
      }
    };
  }

  private static long mix64(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
