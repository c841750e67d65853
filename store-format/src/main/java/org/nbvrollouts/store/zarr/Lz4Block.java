package org.nbvrollouts.store.zarr;

import dev.zarr.zarrjava.ZarrException;

/**
 * Reads LZ4 blocks, which other writers of Blosc put into their chunks: sequences of a token,
 * literals, and a copy (LZ4 block format description).
 */
final class Lz4Block extends LzStream {
  private static final int LENGTH_FOLLOWS = 15;
  private static final int SHORTEST_COPY = 4;

  private Lz4Block(byte[] block, int length) {
    super("LZ4 block", block, length);
  }

  /**
   * The content of a block.
   *
   * @param length bytes that it must have
   */
  static byte[] decompress(byte[] block, int length) throws ZarrException {
    return new Lz4Block(block, length).content();
  }

  @Override
  void run() throws ZarrException {
    while (true) {
      int token = next();
      literals(length(token >>> 4));
      if (isAtEnd()) {
        return;
      }
      int distance = next() | next() << 8;
      copy(distance, length(token & LENGTH_FOLLOWS) + SHORTEST_COPY);
    }
  }

  private int length(int nibble) throws ZarrException {
    return nibble == LENGTH_FOLLOWS ? extended(nibble) : nibble;
  }
}
