package org.nbvrollouts.store.zarr;

import dev.zarr.zarrjava.ZarrException;

/**
 * Reads LZ4 blocks, which other writers of Blosc put into their chunks: sequences of a token,
 * literals, and a copy of bytes that were written before (LZ4 block format description). Every
 * length is checked before a byte is moved.
 */
final class Lz4Block {
  private static final int LENGTH_FOLLOWS = 15;
  private static final int SHORTEST_COPY = 4;

  private final byte[] in;
  private final byte[] out;
  private int from;
  private int to;

  private Lz4Block(byte[] in, int length) {
    this.in = in;
    this.out = new byte[length];
  }

  /**
   * The content of a block.
   *
   * @param length bytes that it must have
   */
  static byte[] decompress(byte[] block, int length) throws ZarrException {
    Lz4Block reading = new Lz4Block(block, length);
    try {
      reading.run();
    } catch (IndexOutOfBoundsException e) {
      throw new ZarrException(
          "Corrupt LZ4 block: it ends early (byte=%d of %d)".formatted(reading.from, block.length),
          e);
    }
    return reading.out;
  }

  private void run() throws ZarrException {
    while (true) {
      int token = next();
      int literals = length(token >>> 4);
      require(literals <= in.length - from && literals <= out.length - to, "literals", literals);
      System.arraycopy(in, from, out, to, literals);
      from += literals;
      to += literals;
      if (from == in.length) {
        require(to == out.length, "content", to);
        return;
      }
      int distance = next() | next() << 8;
      int copied = length(token & LENGTH_FOLLOWS) + SHORTEST_COPY;
      require(distance > 0 && distance <= to, "distance", distance);
      require(copied <= out.length - to, "copy", copied);
      copy(distance, copied);
    }
  }

  /** Byte by byte, since a copy may overlap what it writes. */
  private void copy(int distance, int length) {
    for (int end = to + length; to < end; to++) {
      out[to] = out[to - distance];
    }
  }

  private int length(int nibble) throws ZarrException {
    int length = nibble;
    if (nibble == LENGTH_FOLLOWS) {
      int more;
      do {
        more = next();
        length += more;
        require(length <= out.length, "length", length);
      } while (more == 0xff);
    }
    return length;
  }

  private int next() {
    return in[from++] & 0xff;
  }

  private void require(boolean holds, String what, int value) throws ZarrException {
    if (!holds) {
      throw new ZarrException(
          "Corrupt LZ4 block: %s of %d bytes (byte=%d of %d, content=%d of %d)"
              .formatted(what, value, from, in.length, to, out.length));
    }
  }
}
