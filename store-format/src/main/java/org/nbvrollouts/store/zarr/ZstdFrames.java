package org.nbvrollouts.store.zarr;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.zarr.zarrjava.ZarrException;
import java.util.Arrays;

/**
 * Zstd frames with native contexts that are used again: making one costs more than a small frame,
 * and a store has hundreds. A frame does not depend on what its context did before. Thread-safe.
 */
final class ZstdFrames {
  private static final Idle<ZstdCompressCtx> COMPRESSORS = new Idle<>();
  private static final Idle<ZstdDecompressCtx> DECOMPRESSORS = new Idle<>();

  private ZstdFrames() {}

  /**
   * Compresses bytes into one frame behind a prefix of zeros.
   *
   * @param prefix bytes to leave free
   */
  static byte[] compress(byte[] bytes, int prefix, int level, boolean withChecksum) {
    ZstdCompressCtx context = COMPRESSORS.take(ZstdCompressCtx::new);
    try {
      context.setLevel(level);
      context.setChecksum(withChecksum);
      byte[] frame = new byte[Math.toIntExact(prefix + Zstd.compressBound(bytes.length))];
      int length =
          context.compressByteArray(frame, prefix, frame.length - prefix, bytes, 0, bytes.length);
      return Arrays.copyOf(frame, prefix + length);
    } finally {
      if (!COMPRESSORS.keeps(context)) {
        context.close();
      }
    }
  }

  /** Decompresses one frame that must fill a place exactly. */
  static void decompress(byte[] frame, int from, int length, byte[] target, int at, int size)
      throws ZarrException {
    if (length == 0) {
      throw new ZarrException("Zstd frame of 0 bytes");
    }
    ZstdDecompressCtx context = DECOMPRESSORS.take(ZstdDecompressCtx::new);
    try {
      int found = context.decompressByteArray(target, at, size, frame, from, length);
      if (found != size) {
        throw new ZarrException("Zstd frame of %d bytes (expected %d)".formatted(found, size));
      }
    } catch (ZstdException e) {
      throw new ZarrException("Corrupt zstd frame: " + e.getMessage(), e);
    } finally {
      if (!DECOMPRESSORS.keeps(context)) {
        context.close();
      }
    }
  }
}
