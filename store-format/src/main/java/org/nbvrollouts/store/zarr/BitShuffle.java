package org.nbvrollouts.store.zarr;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bit shuffle of the Blosc container (specification store appendix A): element bits gathered
 * into planes, one plane per bit of the element. A block whose element count is no multiple of 8
 * stays as it is.
 */
final class BitShuffle {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Elements that are moved at once: a long of each plane. */
  private static final int WORD = 64;

  private BitShuffle() {}

  static byte[] shuffle(byte[] block, int typeSize) {
    int count = block.length / typeSize;
    if (count % 8 != 0) {
      return block.clone();
    }
    byte[] planes = new byte[block.length];
    copyTail(block, planes, count * typeSize);
    int planeBytes = count / 8;
    int words = count / WORD;
    long[] square = new long[8];
    for (int i = 0; i < typeSize; i++) {
      for (int word = 0; word < words; word++) {
        long any = 0;
        for (int g = 0; g < 8; g++) {
          square[g] = gather(block, (WORD * word + 8 * g) * typeSize + i, typeSize);
          any |= square[g];
        }
        if (any == 0) {
          continue;
        }
        for (int g = 0; g < 8; g++) {
          square[g] = transpose(square[g]);
        }
        transposeBytes(square);
        for (int k = 0; k < 8; k++) {
          LONGS.set(planes, (8 * i + k) * planeBytes + 8 * word, square[k]);
        }
      }
      for (int group = 8 * words; group < planeBytes; group++) {
        long bits = transpose(gather(block, 8 * group * typeSize + i, typeSize));
        scatter(bits, planes, 8 * i * planeBytes + group, planeBytes);
      }
    }
    return planes;
  }

  static byte[] unshuffle(byte[] planes, int typeSize) {
    int count = planes.length / typeSize;
    if (count % 8 != 0) {
      return planes.clone();
    }
    byte[] block = new byte[planes.length];
    copyTail(planes, block, count * typeSize);
    int planeBytes = count / 8;
    int words = count / WORD;
    long[] square = new long[8];
    for (int i = 0; i < typeSize; i++) {
      for (int word = 0; word < words; word++) {
        long any = 0;
        for (int k = 0; k < 8; k++) {
          square[k] = (long) LONGS.get(planes, (8 * i + k) * planeBytes + 8 * word);
          any |= square[k];
        }
        if (any == 0) {
          continue;
        }
        transposeBytes(square);
        for (int g = 0; g < 8; g++) {
          int at = (WORD * word + 8 * g) * typeSize + i;
          scatter(transpose(square[g]), block, at, typeSize);
        }
      }
      for (int group = 8 * words; group < planeBytes; group++) {
        long bits = transpose(gather(planes, 8 * i * planeBytes + group, planeBytes));
        scatter(bits, block, 8 * group * typeSize + i, typeSize);
      }
    }
    return block;
  }

  /** Bytes that are no whole element stay where they are. */
  private static void copyTail(byte[] from, byte[] to, int start) {
    System.arraycopy(from, start, to, start, from.length - start);
  }

  private static long gather(byte[] from, int at, int stride) {
    if (stride == 1) {
      return (long) LONGS.get(from, at);
    }
    long bits = 0;
    for (int r = 0; r < 8; r++) {
      bits |= (from[at + r * stride] & 0xffL) << (8 * r);
    }
    return bits;
  }

  private static void scatter(long bits, byte[] to, int at, int stride) {
    if (stride == 1) {
      LONGS.set(to, at, bits);
      return;
    }
    for (int r = 0; r < 8; r++) {
      to[at + r * stride] = (byte) (bits >>> (8 * r));
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

  /** Transposes an 8×8 byte matrix whose row r is long r, column c its byte c. */
  private static void transposeBytes(long[] square) {
    for (int r = 0; r < 4; r++) {
      exchange(square, r, r + 4, 32, 0x00000000FFFFFFFFL);
    }
    for (int r = 0; r < 6; r = r == 1 ? 4 : r + 1) {
      exchange(square, r, r + 2, 16, 0x0000FFFF0000FFFFL);
    }
    for (int r = 0; r < 8; r += 2) {
      exchange(square, r, r + 1, 8, 0x00FF00FF00FF00FFL);
    }
  }

  private static void exchange(long[] square, int a, int b, int shift, long mask) {
    long t = ((square[a] >>> shift) ^ square[b]) & mask;
    square[b] ^= t;
    square[a] ^= t << shift;
  }

  /** Undoes the byte shuffle: plane i holds byte i of all elements. */
  static byte[] unshuffleBytes(byte[] planes, int typeSize) {
    int count = planes.length / typeSize;
    byte[] block = planes.clone();
    for (int i = 0; i < typeSize; i++) {
      for (int element = 0; element < count; element++) {
        block[element * typeSize + i] = planes[i * count + element];
      }
    }
    return block;
  }
}
