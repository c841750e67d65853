package org.nbvrollouts.store.zarr;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bit shuffle of the Blosc container (specification store appendix A): element bits gathered
 * into planes, one plane per bit of the element. A block whose element count is no multiple of 8
 * stays as it is.
 *
 * <p>64 elements are moved at once: one long of each plane. Eight planes and the eight longs of one
 * byte of 64 elements are the same 512 bits, turned twice: in 8×8 bits and in 8×8 bytes.
 */
final class BitShuffle {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int WORD = 64;

  /** Bit k of the index in byte k. */
  private static final long[] SPREAD_BITS = new long[256];

  static {
    for (int bits = 0; bits < SPREAD_BITS.length; bits++) {
      SPREAD_BITS[bits] = transpose(bits);
    }
  }

  private BitShuffle() {}

  static byte[] shuffle(byte[] block, int typeSize) {
    int count = block.length / typeSize;
    if (count % 8 != 0) {
      return block.clone();
    }
    byte[] planes = new byte[block.length];
    int planeBytes = count / 8;
    long[] squares = new long[8 * typeSize];
    for (int word = 0; word < count / WORD; word++) {
      ElementBytes.gather(block, word * WORD * typeSize, typeSize, squares);
      for (int i = 0; i < typeSize; i++) {
        if (isZero(squares, 8 * i)) {
          continue;
        }
        turnBytes(squares, 8 * i);
        turnBits(squares, 8 * i);
        for (int k = 0; k < 8; k++) {
          LONGS.set(planes, (8 * i + k) * planeBytes + 8 * word, squares[8 * i + k]);
        }
      }
    }
    for (int group = 8 * (count / WORD); group < planeBytes; group++) {
      for (int i = 0; i < typeSize; i++) {
        long bits = transpose(ElementBytes.gather(block, 8 * group * typeSize + i, typeSize));
        ElementBytes.scatter(bits, planes, 8 * i * planeBytes + group, planeBytes);
      }
    }
    copyTail(block, 0, planes, 0, count * typeSize, block.length);
    return planes;
  }

  /** Undoes the shuffle of a block, into a place that holds zeros. */
  static void unshuffle(byte[] planes, int length, int typeSize, byte[] target, int at) {
    int count = length / typeSize;
    if (count % 8 != 0) {
      System.arraycopy(planes, 0, target, at, length);
      return;
    }
    int planeBytes = count / 8;
    long[] squares = new long[8 * typeSize];
    for (int word = 0; word < count / WORD; word++) {
      long any = 0;
      for (int k = 0; k < 8 * typeSize; k++) {
        squares[k] = (long) LONGS.get(planes, k * planeBytes + 8 * word);
        any |= squares[k];
      }
      if (any == 0) {
        continue;
      }
      for (int i = 0; i < typeSize; i++) {
        if (hasOnlyFirst(squares, 8 * i)) {
          spread(squares, 8 * i);
        } else {
          turnBits(squares, 8 * i);
          turnBytes(squares, 8 * i);
        }
      }
      ElementBytes.scatter(squares, typeSize, target, at + word * WORD * typeSize);
    }
    for (int group = 8 * (count / WORD); group < planeBytes; group++) {
      for (int i = 0; i < typeSize; i++) {
        long bits = transpose(ElementBytes.gather(planes, 8 * i * planeBytes + group, planeBytes));
        ElementBytes.scatter(bits, target, at + 8 * group * typeSize + i, typeSize);
      }
    }
    copyTail(planes, 0, target, at, count * typeSize, length);
  }

  /** Bytes that are no whole element stay where they are. */
  private static void copyTail(
      byte[] from, int fromAt, byte[] to, int toAt, int start, int length) {
    System.arraycopy(from, fromAt + start, to, toAt + start, length - start);
  }

  private static boolean isZero(long[] squares, int at) {
    return squares[at] == 0 && hasOnlyFirst(squares, at);
  }

  /** Truth values have no other plane. */
  private static boolean hasOnlyFirst(long[] squares, int at) {
    return (squares[at + 1]
            | squares[at + 2]
            | squares[at + 3]
            | squares[at + 4]
            | squares[at + 5]
            | squares[at + 6]
            | squares[at + 7])
        == 0;
  }

  private static void spread(long[] squares, int at) {
    long bits = squares[at];
    for (int g = 0; g < 8; g++) {
      squares[at + g] = SPREAD_BITS[(int) (bits >>> (8 * g)) & 0xff];
    }
  }

  /** Transposes an 8×8 bit matrix whose row r is byte r, column k its bit k. */
  private static long transpose(long matrix) {
    long x = matrix;
    long t = (x ^ (x >>> 7)) & 0x00AA00AA00AA00AAL;
    x ^= t ^ (t << 7);
    t = (x ^ (x >>> 14)) & 0x0000CCCC0000CCCCL;
    x ^= t ^ (t << 14);
    t = (x ^ (x >>> 28)) & 0x00000000F0F0F0F0L;
    return x ^ t ^ (t << 28);
  }

  /**
   * Eight longs: exchanges bit c of a byte in long r with bit r of the same byte in long c. Written
   * out, as is its sibling, so that eight longs stay in registers and shifts are constants.
   */
  private static void turnBits(long[] square, int at) {
    long a = square[at];
    long b = square[at + 1];
    long c = square[at + 2];
    long d = square[at + 3];
    long e = square[at + 4];
    long f = square[at + 5];
    long g = square[at + 6];
    long h = square[at + 7];
    long t = ((a >>> 4) ^ e) & 0x0F0F0F0F0F0F0F0FL;
    e ^= t;
    a ^= t << 4;
    t = ((b >>> 4) ^ f) & 0x0F0F0F0F0F0F0F0FL;
    f ^= t;
    b ^= t << 4;
    t = ((c >>> 4) ^ g) & 0x0F0F0F0F0F0F0F0FL;
    g ^= t;
    c ^= t << 4;
    t = ((d >>> 4) ^ h) & 0x0F0F0F0F0F0F0F0FL;
    h ^= t;
    d ^= t << 4;
    t = ((a >>> 2) ^ c) & 0x3333333333333333L;
    c ^= t;
    a ^= t << 2;
    t = ((b >>> 2) ^ d) & 0x3333333333333333L;
    d ^= t;
    b ^= t << 2;
    t = ((e >>> 2) ^ g) & 0x3333333333333333L;
    g ^= t;
    e ^= t << 2;
    t = ((f >>> 2) ^ h) & 0x3333333333333333L;
    h ^= t;
    f ^= t << 2;
    t = ((a >>> 1) ^ b) & 0x5555555555555555L;
    square[at] = a ^ (t << 1);
    square[at + 1] = b ^ t;
    t = ((c >>> 1) ^ d) & 0x5555555555555555L;
    square[at + 2] = c ^ (t << 1);
    square[at + 3] = d ^ t;
    t = ((e >>> 1) ^ f) & 0x5555555555555555L;
    square[at + 4] = e ^ (t << 1);
    square[at + 5] = f ^ t;
    t = ((g >>> 1) ^ h) & 0x5555555555555555L;
    square[at + 6] = g ^ (t << 1);
    square[at + 7] = h ^ t;
  }

  /** Transposes an 8×8 byte matrix whose row r is long r, column c its byte c. */
  private static void turnBytes(long[] square, int at) {
    long a = square[at];
    long b = square[at + 1];
    long c = square[at + 2];
    long d = square[at + 3];
    long e = square[at + 4];
    long f = square[at + 5];
    long g = square[at + 6];
    long h = square[at + 7];
    long t = ((a >>> 32) ^ e) & 0x00000000FFFFFFFFL;
    e ^= t;
    a ^= t << 32;
    t = ((b >>> 32) ^ f) & 0x00000000FFFFFFFFL;
    f ^= t;
    b ^= t << 32;
    t = ((c >>> 32) ^ g) & 0x00000000FFFFFFFFL;
    g ^= t;
    c ^= t << 32;
    t = ((d >>> 32) ^ h) & 0x00000000FFFFFFFFL;
    h ^= t;
    d ^= t << 32;
    t = ((a >>> 16) ^ c) & 0x0000FFFF0000FFFFL;
    c ^= t;
    a ^= t << 16;
    t = ((b >>> 16) ^ d) & 0x0000FFFF0000FFFFL;
    d ^= t;
    b ^= t << 16;
    t = ((e >>> 16) ^ g) & 0x0000FFFF0000FFFFL;
    g ^= t;
    e ^= t << 16;
    t = ((f >>> 16) ^ h) & 0x0000FFFF0000FFFFL;
    h ^= t;
    f ^= t << 16;
    t = ((a >>> 8) ^ b) & 0x00FF00FF00FF00FFL;
    square[at] = a ^ (t << 8);
    square[at + 1] = b ^ t;
    t = ((c >>> 8) ^ d) & 0x00FF00FF00FF00FFL;
    square[at + 2] = c ^ (t << 8);
    square[at + 3] = d ^ t;
    t = ((e >>> 8) ^ f) & 0x00FF00FF00FF00FFL;
    square[at + 4] = e ^ (t << 8);
    square[at + 5] = f ^ t;
    t = ((g >>> 8) ^ h) & 0x00FF00FF00FF00FFL;
    square[at + 6] = g ^ (t << 8);
    square[at + 7] = h ^ t;
  }

  /** Undoes the byte shuffle: plane i holds byte i of all elements. */
  static void unshuffleBytes(byte[] planes, int length, int typeSize, byte[] target, int at) {
    int count = length / typeSize;
    for (int i = 0; i < typeSize; i++) {
      for (int element = 0; element < count; element++) {
        target[at + element * typeSize + i] = planes[i * count + element];
      }
    }
    copyTail(planes, 0, target, at, count * typeSize, length);
  }
}
