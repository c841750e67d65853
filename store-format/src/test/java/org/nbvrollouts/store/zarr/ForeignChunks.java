package org.nbvrollouts.store.zarr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** Blosc chunks that the C library wrote, version 1.21.4, all of the same 6,000 integers. */
final class ForeignChunks {
  private static final int ELEMENTS = 6000;

  private ForeignChunks() {}

  /** Chunks by inner codec and shuffle. */
  static Map<String, byte[]> all() {
    Map<String, byte[]> chunks = new TreeMap<>();
    for (String name :
        new String[] {
          "blosclz-noshuffle",
          "blosclz-shuffle",
          "lz4-shuffle",
          "lz4hc-bitshuffle",
          "zlib-noshuffle",
          "zstd-shuffle"
        }) {
      try (var in = ForeignChunks.class.getResourceAsStream("foreign/blosc-" + name + ".bin")) {
        chunks.put(name, in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return chunks;
  }

  /** What they hold. */
  static byte[] content() {
    ByteBuffer content =
        ByteBuffer.allocate(ELEMENTS * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < ELEMENTS; i++) {
      content.putInt((int) (i / 5 + ((i * 2_654_435_761L) >>> 7 & 3)));
    }
    return content.array();
  }
}
