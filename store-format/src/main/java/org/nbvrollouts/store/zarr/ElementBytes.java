package org.nbvrollouts.store.zarr;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 64 neighbouring elements as longs that hold one byte of eight elements each: long {@code 8 i + g}
 * has byte i of the elements 8 g to 8 g + 7.
 */
final class ElementBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EVEN_BYTES = 0x00FF00FF00FF00FFL;
  private static final long EVEN_PAIRS = 0x0000FFFF0000FFFFL;

  private ElementBytes() {}

  /** Takes elements apart. */
  static void gather(byte[] from, int at, int typeSize, long[] longs) {
    for (int g = 0; g < 8; g++) {
      int group = at + 8 * g * typeSize;
      switch (typeSize) {
        case 1 -> longs[g] = (long) LONGS.get(from, group);
        case 2 -> {
          long low = (long) LONGS.get(from, group);
          long high = (long) LONGS.get(from, group + 8);
          longs[g] = evenBytes(low) | evenBytes(high) << 32;
          longs[8 + g] = evenBytes(low >>> 8) | evenBytes(high >>> 8) << 32;
        }
        default -> {
          for (int i = 0; i < typeSize; i++) {
            longs[8 * i + g] = gather(from, group + i, typeSize);
          }
        }
      }
    }
  }

  /** Eight bytes that lie a stride apart, as one long. */
  static long gather(byte[] from, int at, int stride) {
    long bits = 0;
    for (int r = 0; r < 8; r++) {
      bits |= (from[at + r * stride] & 0xffL) << (8 * r);
    }
    return bits;
  }

  /** Puts elements together. */
  static void scatter(long[] longs, int typeSize, byte[] to, int at) {
    for (int g = 0; g < 8; g++) {
      int group = at + 8 * g * typeSize;
      switch (typeSize) {
        case 1 -> LONGS.set(to, group, longs[g]);
        case 2 -> {
          LONGS.set(to, group, zip(longs[g], longs[8 + g]));
          LONGS.set(to, group + 8, zip(longs[g] >>> 32, longs[8 + g] >>> 32));
        }
        case 4 -> {
          long lowFirst = zip(longs[g], longs[8 + g]);
          long highFirst = zip(longs[16 + g], longs[24 + g]);
          long lowLast = zip(longs[g] >>> 32, longs[8 + g] >>> 32);
          long highLast = zip(longs[16 + g] >>> 32, longs[24 + g] >>> 32);
          LONGS.set(to, group, zipPairs(lowFirst, highFirst));
          LONGS.set(to, group + 8, zipPairs(lowFirst >>> 32, highFirst >>> 32));
          LONGS.set(to, group + 16, zipPairs(lowLast, highLast));
          LONGS.set(to, group + 24, zipPairs(lowLast >>> 32, highLast >>> 32));
        }
        default -> {
          for (int i = 0; i < typeSize; i++) {
            scatter(longs[8 * i + g], to, group + i, typeSize);
          }
        }
      }
    }
  }

  /** Puts the bytes of a long where they lie a stride apart. */
  static void scatter(long bytes, byte[] to, int at, int stride) {
    for (int r = 0; r < 8; r++) {
      to[at + r * stride] = (byte) (bytes >>> (8 * r));
    }
  }

  /** Bytes 0, 2, 4, 6 as bytes 0 to 3. */
  private static long evenBytes(long bytes) {
    long x = bytes & EVEN_BYTES;
    x = (x | x >>> 8) & EVEN_PAIRS;
    return (x | x >>> 16) & 0xFFFFFFFFL;
  }

  /** Four bytes of each, in turn. */
  private static long zip(long even, long odd) {
    return spread(even) | spread(odd) << 8;
  }

  private static long spread(long bytes) {
    long x = bytes & 0xFFFFFFFFL;
    x = (x | x << 16) & EVEN_PAIRS;
    return (x | x << 8) & EVEN_BYTES;
  }

  /** Two pairs of bytes of each, in turn. */
  private static long zipPairs(long even, long odd) {
    return spreadPairs(even) | spreadPairs(odd) << 16;
  }

  private static long spreadPairs(long bytes) {
    long x = bytes & 0xFFFFFFFFL;
    return (x | x << 16) & EVEN_PAIRS;
  }
}
