package org.nbvrollouts.store.zarr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.ElementType;

/**
 * Chunks and codecs of a new array. Rows are never stored one by one: an array that fits one chunk
 * is plain, a longer one is sharded, so an array has one data file for every 256 MiB (specification
 * store 2.2 and 2.3 with the chunking of this product).
 */
final class ChunkPlan {
  private static final long CHUNK_BYTES = 1 << 20;
  private static final long ZARR_SHARD_BYTES = 256L << 20;
  private static final long MIN_TABLE_ROWS = 1024;
  private static final long BLOSC_LEVEL = 5;

  /** The library's own choice, which is 3. */
  private static final long ZSTD_LEVEL = 0;

  private ChunkPlan() {}

  /**
   * The document of an array.
   *
   * @param lengths length of each axis
   */
  static ArrayDocument plan(ArraySpec spec, List<Integer> lengths, RolloutZarrStoreConfig config) {
    long rows = lengths.get(0);
    long rowBytes = rowBytes(spec, lengths);
    long chunkRows = Math.min(chunkRows(spec, rowBytes, config), Math.max(1, rows));
    List<Long> shape = lengths.stream().map(Integer::longValue).toList();
    ElementType type = spec.type();
    if (rows <= chunkRows) {
      return ArrayDocument.of(
          shape, type, withRows(shape, chunkRows), plainCodecs(type, spec.isDepthRaster()));
    }
    long chunksNeeded = (rows - 1) / chunkRows + 1;
    long shardRows = Math.min(chunksNeeded, chunksPerShard(chunkRows, rowBytes)) * chunkRows;
    return ArrayDocument.of(
        shape,
        type,
        withRows(shape, shardRows),
        List.of(sharding(type, withRows(shape, chunkRows))));
  }

  /** Bytes of a row, at least 1. */
  static long rowBytes(ArraySpec spec, List<Integer> lengths) {
    long bytes = spec.type().bytes();
    for (int length : lengths.subList(1, lengths.size())) {
      bytes *= length;
    }
    return Math.max(1, bytes);
  }

  /** Chunks of a full Zarr shard. */
  static int chunksPerShard(long chunkRows, long rowBytes) {
    return (int) Math.max(1, ZARR_SHARD_BYTES / (chunkRows * rowBytes));
  }

  /**
   * The codecs of an array in one chunk.
   *
   * @param isRaster whether it holds depth images or their masks
   */
  static List<Object> plainCodecs(ElementType type, boolean isRaster) {
    return isRaster ? blosc(type) : zstd(type);
  }

  /**
   * Encodes the only chunk of an array as the planned documents say; empty if it holds what an
   * absent chunk stands for.
   */
  static Optional<byte[]> encodePlain(ElementType type, boolean isRaster, byte[] elements) {
    if (isFillValue(type, elements)) {
      return Optional.empty();
    }
    return Optional.of(
        isRaster
            ? BloscContainer.encode(elements, type.bytes(), (int) BLOSC_LEVEL)
            : ZstdFrames.compress(elements, 0, (int) ZSTD_LEVEL, false));
  }

  /** As {@link #encodePlain}, for a chunk in a Zarr shard. */
  static Optional<byte[]> encodeInShard(ElementType type, byte[] elements) {
    return isFillValue(type, elements)
        ? Optional.empty()
        : Optional.of(BloscContainer.encode(elements, type.bytes(), (int) BLOSC_LEVEL));
  }

  /** Chunks of zeros need not be stored; of wide floats they are, as −0.0 equals zero. */
  private static boolean isFillValue(ElementType type, byte[] elements) {
    if (type == ElementType.FLOAT32 || type == ElementType.FLOAT64) {
      return false;
    }
    for (byte value : elements) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The codecs of a sharded array that has so many rows in a chunk, as the planned documents say.
   */
  static List<Object> shardCodecs(ArrayDocument document, long chunkRows) {
    return List.of(sharding(document.type(), withRows(document.shape(), chunkRows)));
  }

  /** Rows of a full chunk. */
  static long chunkRows(ArraySpec spec, long rowBytes, RolloutZarrStoreConfig config) {
    return switch (spec.chunkRule()) {
      case TABLE_ROWS -> Math.max(MIN_TABLE_ROWS, CHUNK_BYTES / rowBytes);
      case WIDE_ROWS -> Math.max(1, CHUNK_BYTES / rowBytes);
      case STATES -> config.qhChunkStates();
      case DEPTH_STEPS -> config.selectedDepth().chunkSteps();
    };
  }

  private static List<Long> withRows(List<Long> shape, long rows) {
    List<Long> chunk = new ArrayList<>();
    chunk.add(rows);
    shape.stream().skip(1).forEach(length -> chunk.add(Math.max(1, length)));
    return chunk;
  }

  private static Object bytes(ElementType type) {
    return type.bytes() == 1
        ? Map.of("name", "bytes")
        : Map.of("name", "bytes", "configuration", Map.of("endian", "little"));
  }

  private static List<Object> zstd(ElementType type) {
    return List.of(
        bytes(type),
        Map.of("name", "zstd", "configuration", Map.of("level", ZSTD_LEVEL, "checksum", false)));
  }

  private static List<Object> blosc(ElementType type) {
    return List.of(
        bytes(type),
        Map.of(
            "name",
            "blosc",
            "configuration",
            Map.of(
                "typesize",
                (long) type.bytes(),
                "cname",
                "zstd",
                "clevel",
                BLOSC_LEVEL,
                "shuffle",
                "bitshuffle",
                "blocksize",
                0L)));
  }

  private static Object sharding(ElementType type, List<Long> chunkShape) {
    return Map.of(
        "name",
        "sharding_indexed",
        "configuration",
        Map.of(
            "chunk_shape",
            chunkShape,
            "codecs",
            blosc(type),
            "index_codecs",
            List.of(
                Map.of("name", "bytes", "configuration", Map.of("endian", "little")),
                Map.of("name", "crc32c")),
            "index_location",
            "end"));
  }
}
