package org.nbvrollouts.store.zarr;

/**
 * The bit shuffle of the Blosc container (specification store appendix A): element bits gathered
 * into planes, one plane per bit of the element. A block whose element count is no multiple of 8
 * stays as it is.
 */
final class BitShuffle {
  private BitShuffle() {}

  static byte[] shuffle(byte[] block, int typeSize) {
    int count = block.length / typeSize;
    byte[] planes = block.clone();
    if (count % 8 != 0) {
      return planes;
    }
    int planeBytes = count / 8;
    for (int i = 0; i < typeSize; i++) {
      for (int group = 0; group < planeBytes; group++) {
        long bits = 0;
        int at = 8 * group * typeSize + i;
        for (int r = 0; r < 8; r++) {
          bits |= (block[at + r * typeSize] & 0xffL) << (8 * r);
        }
        bits = transpose(bits);
        for (int k = 0; k < 8; k++) {
          planes[(8 * i + k) * planeBytes + group] = (byte) (bits >>> (8 * k));
        }
      }
    }
    return planes;
  }

  static byte[] unshuffle(byte[] planes, int typeSize) {
    int count = planes.length / typeSize;
    byte[] block = planes.clone();
    if (count % 8 != 0) {
      return block;
    }
    int planeBytes = count / 8;
    for (int i = 0; i < typeSize; i++) {
      for (int group = 0; group < planeBytes; group++) {
        long bits = 0;
        for (int k = 0; k < 8; k++) {
          bits |= (planes[(8 * i + k) * planeBytes + group] & 0xffL) << (8 * k);
        }
        bits = transpose(bits);
        int at = 8 * group * typeSize + i;
        for (int r = 0; r < 8; r++) {
          block[at + r * typeSize] = (byte) (bits >>> (8 * r));
        }
      }
    }
    return block;
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
