package org.nbvrollouts.store.zarr;

import dev.zarr.zarrjava.ZarrException;

/**
 * Reads BloscLZ streams, the default inner codec of the C library: instructions for literals and
 * for copies of bytes that were written before, as in FastLZ level 2. Every length is checked
 * before a byte is moved.
 */
final class BloscLz {
  private static final int FIRST_COPY = 32;
  private static final int LENGTH_FOLLOWS = 7;
  private static final int SHORTEST_COPY = 3;
  private static final int FAR = 31 << 8;
  private static final int NEAR_DISTANCES = 8191;

  private final byte[] in;
  private final byte[] out;
  private int from;
  private int to;

  private BloscLz(byte[] in, int length) {
    this.in = in;
    this.out = new byte[length];
  }

  /**
   * The content of a stream.
   *
   * @param length bytes that it must have
   */
  static byte[] decompress(byte[] stream, int length) throws ZarrException {
    BloscLz reading = new BloscLz(stream, length);
    try {
      reading.run();
    } catch (IndexOutOfBoundsException e) {
      throw new ZarrException(
          "Corrupt BloscLZ stream: it ends early (byte=%d of %d)"
              .formatted(reading.from, stream.length),
          e);
    }
    return reading.out;
  }

  private void run() throws ZarrException {
    // The first instruction is always of literals; its upper bits hold the level.
    int instruction = next() & (FIRST_COPY - 1);
    while (true) {
      if (instruction < FIRST_COPY) {
        int literals = instruction + 1;
        require(literals <= in.length - from && literals <= out.length - to, "literals", literals);
        System.arraycopy(in, from, out, to, literals);
        from += literals;
        to += literals;
      } else {
        copy(instruction);
      }
      if (from == in.length) {
        require(to == out.length, "content", to);
        return;
      }
      instruction = next();
    }
  }

  private void copy(int instruction) throws ZarrException {
    int length = instruction >>> 5;
    if (length == LENGTH_FOLLOWS) {
      int more;
      do {
        more = next();
        length += more;
        require(length <= out.length, "length", length);
      } while (more == 0xff);
    }
    length += SHORTEST_COPY - 1;
    int high = (instruction & 31) << 8;
    int low = next();
    int distance = high + low + 1;
    if (low == 0xff && high == FAR) {
      distance = (next() << 8) + next() + NEAR_DISTANCES + 1;
    }
    require(distance <= to, "distance", distance);
    require(length <= out.length - to, "copy", length);
    for (int end = to + length; to < end; to++) {
      out[to] = out[to - distance];
    }
  }

  private int next() {
    return in[from++] & 0xff;
  }

  private void require(boolean holds, String what, int value) throws ZarrException {
    if (!holds) {
      throw new ZarrException(
          "Corrupt BloscLZ stream: %s of %d bytes (byte=%d of %d, content=%d of %d)"
              .formatted(what, value, from, in.length, to, out.length));
    }
  }
}
