package org.nbvrollouts.store.zarr;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bit shuffle of the Blosc container (specification store appendix A): element bits gathered
 * into planes, one plane per bit of the element. A block whose element count is no multiple of 8
 * stays as it is.
 *
 * <p>64 elements are a word: one long of each plane. The eight longs of one byte of the elements
 * are turned as 8×8 bits, so that byte g of long e holds that byte of element 8 g + e; then each
 * eight longs that become neighbours in the block are turned as 8×8 bytes. Many words are turned at
 * once, each long as a row of as many: loops over rows are what the compiler makes vector
 * instructions of.
 */
final class BitShuffle {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int WORD = 64;

  /** Words turned at once: rows of 4-byte elements fill half a level-1 cache. */
  private static final int MOST_WORDS = 64;

  private final byte[] block;
  private final int blockAt;
  private final byte[] planes;
  private final int planeBytes;
  private final int typeSize;

  /** Row k of square i is bit k of byte i, or after it was turned byte i of each 8th element. */
  private final long[][][] squares;

  private final long[][] turned = new long[8][];

  private BitShuffle(byte[] block, int blockAt, byte[] planes, int elements, int typeSize) {
    this.block = block;
    this.blockAt = blockAt;
    this.planes = planes;
    this.planeBytes = elements / 8;
    this.typeSize = typeSize;
    this.squares = new long[typeSize][8][Math.min(MOST_WORDS, elements / WORD)];
  }

  static byte[] shuffle(byte[] block, int typeSize) {
    int count = block.length / typeSize;
    if (count % 8 != 0) {
      return block.clone();
    }
    byte[] planes = new byte[block.length];
    BitShuffle shuffle = new BitShuffle(block, 0, planes, count, typeSize);
    int words = count / WORD;
    for (int word = 0; word < words; word += MOST_WORDS) {
      shuffle.shuffleWords(word, Math.min(MOST_WORDS, words - word));
    }
    for (int group = 8 * words; group < count / 8; group++) {
      shuffle.shuffleGroup(group);
    }
    copyTail(block, 0, planes, 0, count * typeSize, block.length);
    return planes;
  }

  /** Undoes the shuffle of a block. */
  static void unshuffle(byte[] planes, int length, int typeSize, byte[] target, int at) {
    int count = length / typeSize;
    if (count % 8 != 0) {
      System.arraycopy(planes, 0, target, at, length);
      return;
    }
    BitShuffle shuffle = new BitShuffle(target, at, planes, count, typeSize);
    int words = count / WORD;
    for (int word = 0; word < words; word += MOST_WORDS) {
      shuffle.unshuffleWords(word, Math.min(MOST_WORDS, words - word));
    }
    for (int group = 8 * words; group < count / 8; group++) {
      shuffle.unshuffleGroup(group);
    }
    copyTail(planes, 0, target, at, count * typeSize, length);
  }

  private void shuffleWords(int first, int words) {
    for (int t = 0; t < typeSize; t++) {
      chooseNeighbours(t);
      for (int g = 0; g < 8; g++) {
        load(block, neighbours(first, g, t), WORD * typeSize, turned[g], words);
      }
      turnBytes(turned, words);
    }
    for (int i = 0; i < typeSize; i++) {
      turnBits(squares[i], words);
      for (int k = 0; k < 8; k++) {
        store(squares[i][k], words, planes, plane(i, k) + Long.BYTES * first, Long.BYTES);
      }
    }
  }

  private void unshuffleWords(int first, int words) {
    for (int i = 0; i < typeSize; i++) {
      for (int k = 0; k < 8; k++) {
        load(planes, plane(i, k) + Long.BYTES * first, Long.BYTES, squares[i][k], words);
      }
      turnBits(squares[i], words);
    }
    for (int t = 0; t < typeSize; t++) {
      chooseNeighbours(t);
      turnBytes(turned, words);
      for (int g = 0; g < 8; g++) {
        store(turned[g], words, block, neighbours(first, g, t), WORD * typeSize);
      }
    }
  }

  private int plane(int i, int k) {
    return (8 * i + k) * planeBytes;
  }

  /** The rows of the bytes 8 t to 8 t + 7 of eight elements. */
  private void chooseNeighbours(int t) {
    for (int k = 0; k < 8; k++) {
      int place = 8 * t + k;
      turned[k] = squares[place % typeSize][place / typeSize];
    }
  }

  /** Where those bytes of the eight elements from 8 g of a word are. */
  private int neighbours(int word, int g, int t) {
    return blockAt + (WORD * word + 8 * g) * typeSize + Long.BYTES * t;
  }

  private static void load(byte[] from, int at, int stride, long[] row, int words) {
    for (int word = 0; word < words; word++) {
      row[word] = (long) LONGS.get(from, at + word * stride);
    }
  }

  private static void store(long[] row, int words, byte[] to, int at, int stride) {
    for (int word = 0; word < words; word++) {
      LONGS.set(to, at + word * stride, row[word]);
    }
  }

  /** In each word, exchanges bit c of a byte in row r with bit r of the same byte in row c. */
  private static void turnBits(long[][] rows, int words) {
    exchangeHalves(rows, 4, 0x0F0F0F0F0F0F0F0FL, words);
    exchangeQuarters(rows, 2, 0x3333333333333333L, words);
    exchangeNeighbours(rows, 1, 0x5555555555555555L, words);
  }

  /** In each word, exchanges byte c of row r with byte r of row c. */
  private static void turnBytes(long[][] rows, int words) {
    exchangeHalves(rows, 32, 0x00000000FFFFFFFFL, words);
    exchangeQuarters(rows, 16, 0x0000FFFF0000FFFFL, words);
    exchangeNeighbours(rows, 8, 0x00FF00FF00FF00FFL, words);
  }

  private static void exchangeHalves(long[][] rows, int shift, long mask, int words) {
    for (int k = 0; k < 4; k++) {
      exchange(rows[k], rows[k + 4], shift, mask, words);
    }
  }

  private static void exchangeQuarters(long[][] rows, int shift, long mask, int words) {
    for (int k = 0; k < 2; k++) {
      exchange(rows[k], rows[k + 2], shift, mask, words);
      exchange(rows[k + 4], rows[k + 6], shift, mask, words);
    }
  }

  private static void exchangeNeighbours(long[][] rows, int shift, long mask, int words) {
    for (int k = 0; k < 8; k += 2) {
      exchange(rows[k], rows[k + 1], shift, mask, words);
    }
  }

  /** Exchanges the masked bits of one row with those a shift above them in the other. */
  private static void exchange(long[] low, long[] high, int shift, long mask, int words) {
    for (int word = 0; word < words; word++) {
      long a = low[word];
      long b = high[word];
      long different = ((a >>> shift) ^ b) & mask;
      high[word] = b ^ different;
      low[word] = a ^ (different << shift);
    }
  }

  /** Eight elements that fill no word. */
  private void shuffleGroup(int group) {
    for (int i = 0; i < typeSize; i++) {
      long bits = transpose(gather(block, blockAt + 8 * group * typeSize + i, typeSize));
      scatter(bits, planes, plane(i, 0) + group, planeBytes);
    }
  }

  private void unshuffleGroup(int group) {
    for (int i = 0; i < typeSize; i++) {
      long bits = transpose(gather(planes, plane(i, 0) + group, planeBytes));
      scatter(bits, block, blockAt + 8 * group * typeSize + i, typeSize);
    }
  }

  /** Eight bytes that lie a stride apart, as one long. */
  private static long gather(byte[] from, int at, int stride) {
    long bits = 0;
    for (int r = 0; r < 8; r++) {
      bits |= (from[at + r * stride] & 0xffL) << (8 * r);
    }
    return bits;
  }

  /** Puts the bytes of a long where they lie a stride apart. */
  private static void scatter(long bytes, byte[] to, int at, int stride) {
    for (int r = 0; r < 8; r++) {
      to[at + r * stride] = (byte) (bytes >>> (8 * r));
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

  /** Bytes that are no whole element stay where they are. */
  private static void copyTail(
      byte[] from, int fromAt, byte[] to, int toAt, int start, int length) {
    System.arraycopy(from, fromAt + start, to, toAt + start, length - start);
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
