package org.nbvrollouts.store.zarr;

import dev.zarr.zarrjava.ZarrException;

/**
 * Reads BloscLZ streams, the default inner codec of the C library: instructions for literals and
 * for copies, as in FastLZ level 2.
 */
final class BloscLz extends LzStream {
  private static final int FIRST_COPY = 32;
  private static final int LENGTH_FOLLOWS = 7;
  private static final int SHORTEST_COPY = 3;
  private static final int FAR = 31 << 8;
  private static final int NEAR_DISTANCES = 8191;

  private BloscLz(byte[] stream, int length) {
    super("BloscLZ stream", stream, length);
  }

  /**
   * The content of a stream.
   *
   * @param length bytes that it must have
   */
  static byte[] decompress(byte[] stream, int length) throws ZarrException {
    return new BloscLz(stream, length).content();
  }

  @Override
  void run() throws ZarrException {
    // The first instruction is always of literals; its upper bits hold the level.
    int instruction = next() & (FIRST_COPY - 1);
    while (true) {
      if (instruction < FIRST_COPY) {
        literals(instruction + 1);
      } else {
        copy(instruction);
      }
      if (isAtEnd()) {
        return;
      }
      instruction = next();
    }
  }

  private void copy(int instruction) throws ZarrException {
    int length = instruction >>> 5;
    if (length == LENGTH_FOLLOWS) {
      length = extended(length);
    }
    int high = (instruction & 31) << 8;
    int low = next();
    int distance = high + low + 1;
    if (low == 0xff && high == FAR) {
      distance = (next() << 8) + next() + NEAR_DISTANCES + 1;
    }
    copy(distance, length + SHORTEST_COPY - 1);
  }
}
