package org.nbvrollouts.store.zarr;

import dev.zarr.zarrjava.ZarrException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.table.TypedArray;

/**
 * Reads rows out of the Zarr shards that {@link ShardFiles} writes; Zarr shards of any other form
 * are left to the Zarr library, which opens the file and reads the index for every chunk. Here the
 * index of a Zarr shard is read once, chunks that lie one behind the other are fetched together,
 * and each is decoded into its place, large amounts on all cores. Thread-safe.
 */
final class ShardReader {
  /** What one request fetches at most, unless a single chunk is larger. */
  private static final long MOST_FETCHED = 8L << 20;

  /** Elements that are worth the start of other threads; pages of tasks are smaller. */
  private static final long PARALLEL_BYTES = 8L << 20;

  private static final long MOST_CHUNKS = 1 << 16;
  private static final BigInteger MOST_CHUNK_BYTES = BigInteger.ONE.shiftLeft(28);
  private static final long NO_CHUNK = -1;

  /** What an encoding adds at most to a chunk that cannot be compressed. */
  private static final int ENCODING_ROOM = 1 << 12;

  private final StoreFiles files;
  private final String arrayPath;
  private final ArrayDocument document;
  private final ChunkGrid grid;
  private final int chunkRows;
  private final int chunksPerShard;
  private final int chunkBytes;
  private volatile Index latest = new Index(-1, 0, new long[0]);

  /** Offset and length of each chunk of one Zarr shard; no entries if its file is absent. */
  private static final class Index {
    private final int shard;
    private final long dataBytes;
    private final long[] entries;

    Index(int shard, long dataBytes, long[] entries) {
      this.shard = shard;
      this.dataBytes = dataBytes;
      this.entries = entries;
    }

    private boolean isAbsent(int chunk) {
      return entries.length == 0
          || (entries[2 * chunk] == NO_CHUNK && entries[2 * chunk + 1] == NO_CHUNK);
    }

    private long start(int chunk) {
      return entries[2 * chunk];
    }

    private long length(int chunk) {
      return entries[2 * chunk + 1];
    }

    private boolean fits(int chunk, int most) {
      return start(chunk) >= 0
          && length(chunk) >= 0
          && length(chunk) <= Math.min(most, dataBytes - start(chunk));
    }
  }

  ShardReader(StoreFiles files, String arrayPath, ArrayDocument document) {
    this.files = files;
    this.arrayPath = arrayPath;
    this.document = document;
    this.grid = new ChunkGrid(document);
    this.chunkRows = Math.toIntExact(document.chunkRowsInShard().orElseThrow());
    this.chunksPerShard = Math.toIntExact(document.chunkShape().get(0) / chunkRows);
    this.chunkBytes = grid.bytes(chunkRows);
  }

  /** True if an array has the form that new stores have, with whole rows in every chunk. */
  static boolean reads(ArrayDocument document) {
    OptionalLong rows = document.chunkRowsInShard();
    if (rows.isEmpty() || !document.hasDefaultKeys() || !document.isZeroFilled()) {
      return false;
    }
    List<Long> rest = document.shape().subList(1, document.shape().size());
    List<Long> shard = document.chunkShape();
    return rest.stream().allMatch(length -> length > 0)
        && shard.subList(1, shard.size()).equals(rest)
        && shard.get(0) / rows.getAsLong() <= MOST_CHUNKS
        && new ChunkGrid(document)
                .bytesOf(Math.toIntExact(rows.getAsLong()))
                .compareTo(MOST_CHUNK_BYTES)
            <= 0
        && document.codecs().equals(ChunkPlan.shardCodecs(document, rows.getAsLong()));
  }

  /** Rows {@code firstRow} to {@code firstRow + rows − 1}; no other chunk is touched. */
  TypedArray rows(int firstRow, int rows) {
    ZarrArrays.checkSize(arrayPath, document, rows, BigInteger.valueOf(chunkBytes));
    byte[] elements = new byte[grid.bytes(rows)];
    int end = firstRow + rows;
    for (int row = firstRow; row < end; ) {
      int chunk = row / chunkRows;
      int shard = chunk / chunksPerShard;
      int lastChunk =
          Math.min((end - 1) / chunkRows, (int) Math.min(Integer.MAX_VALUE, lastOf(shard)));
      try {
        readChunks(index(shard), chunk, lastChunk, new Target(elements, firstRow, end));
      } catch (ZarrException e) {
        throw new InvalidContentException(
            "Cannot read array: %s (array=%s, store=%s)"
                .formatted(e.getMessage(), path(shard), files.location()),
            e);
      }
      row = (int) Math.min(end, (lastChunk + 1L) * chunkRows);
    }
    return TypedArray.ofRows(document.type(), document.rowShape(), ByteBuffer.wrap(elements));
  }

  private long lastOf(int shard) {
    return (shard + 1L) * chunksPerShard - 1;
  }

  private String path(int shard) {
    return ArrayDocument.chunkFile(arrayPath, shard, document.shape().size());
  }

  /** The rows that are asked for. */
  private final class Target {
    private final byte[] elements;
    private final int firstRow;
    private final int end;

    Target(byte[] elements, int firstRow, int end) {
      this.elements = elements;
      this.firstRow = firstRow;
      this.end = end;
    }

    /** Decodes a chunk; one that is wanted whole goes straight to its place. */
    void decode(int chunk, byte[] fetched, int at, int length) throws ZarrException {
      int chunkStart = chunk * chunkRows;
      int from = Math.max(firstRow, chunkStart);
      int to = (int) Math.min(end, (long) chunkStart + chunkRows);
      int size = BloscContainer.size(fetched, at, length, chunkBytes);
      if (size != chunkBytes) {
        throw new ZarrException(
            "chunk %d holds %d bytes (expected %d)".formatted(chunk, size, chunkBytes));
      }
      if (to - from == chunkRows) {
        BloscContainer.decode(fetched, at, length, elements, grid.bytes(from - firstRow));
        return;
      }
      byte[] decoded = new byte[chunkBytes];
      BloscContainer.decode(fetched, at, length, decoded, 0);
      System.arraycopy(
          decoded,
          grid.bytes(from - chunkStart),
          elements,
          grid.bytes(from - firstRow),
          grid.bytes(to - from));
    }
  }

  /** Chunks of one Zarr shard; absent ones stay zero. */
  private void readChunks(Index index, int first, int last, Target target) throws ZarrException {
    for (int chunk = first; chunk <= last; ) {
      if (index.isAbsent(chunk % chunksPerShard)) {
        chunk++;
        continue;
      }
      int next = chunk;
      long bytes = 0;
      while (next <= last && follows(index, chunk, next, bytes)) {
        bytes += index.length(next % chunksPerShard);
        next++;
      }
      long start = index.start(chunk % chunksPerShard);
      byte[] fetched = files.readRange(path(index.shard), start, Math.toIntExact(bytes));
      if (fetched.length < bytes) {
        throw new ZarrException("the Zarr shard ends early");
      }
      decode(index, chunk, next, fetched, target);
      chunk = next;
    }
  }

  /** True if a chunk lies where a run of chunks ends and may be fetched with it. */
  private boolean follows(Index index, int first, int chunk, long bytes) throws ZarrException {
    int entry = chunk % chunksPerShard;
    if (chunk > first && index.isAbsent(entry)) {
      return false;
    }
    if (!index.fits(entry, chunkBytes + ENCODING_ROOM)) {
      throw new ZarrException(
          "chunk %d lies outside its Zarr shard (offset=%d, length=%d, expected at most %d within %d)"
              .formatted(
                  chunk,
                  index.start(entry),
                  index.length(entry),
                  chunkBytes + ENCODING_ROOM,
                  index.dataBytes));
    }
    return chunk == first
        || (index.start(entry) == index.start(first % chunksPerShard) + bytes
            && bytes + index.length(entry) <= MOST_FETCHED);
  }

  /** Chunks that lie one behind the other; several large ones on all cores. */
  private void decode(Index index, int first, int end, byte[] fetched, Target target)
      throws ZarrException {
    IntStream chunks = IntStream.range(first, end);
    boolean isLarge = (long) chunkBytes * (end - first) >= PARALLEL_BYTES;
    Optional<ZarrException> failure =
        (isLarge ? chunks.parallel() : chunks)
            .mapToObj(chunk -> failureOf(index, first, chunk, fetched, target))
            .flatMap(Optional::stream)
            .findFirst();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private Optional<ZarrException> failureOf(
      Index index, int first, int chunk, byte[] fetched, Target target) {
    int entry = chunk % chunksPerShard;
    int at = (int) (index.start(entry) - index.start(first % chunksPerShard));
    try {
      target.decode(chunk, fetched, at, (int) index.length(entry));
      return Optional.empty();
    } catch (ZarrException e) {
      return Optional.of(e);
    }
  }

  /** The latest index is kept: whoever reads page by page reads each index once. */
  private Index index(int shard) throws ZarrException {
    Index index = latest;
    if (index.shard != shard) {
      index = readIndex(shard);
      latest = index;
    }
    return index;
  }

  /** Chunks that lie on each other would let a small file stand for any number of elements. */
  private void requireNoOverlap(Index index) throws ZarrException {
    double bytes = 0;
    for (int chunk = 0; chunk < chunksPerShard; chunk++) {
      bytes += index.isAbsent(chunk) ? 0 : Math.max(0, index.length(chunk));
    }
    if (bytes > index.dataBytes) {
      throw new ZarrException(
          "the chunks of the Zarr shard overlap or lie outside it (bytes=%.0f, expected at most %d)"
              .formatted(bytes, index.dataBytes));
    }
  }

  private Index readIndex(int shard) throws ZarrException {
    String path = path(shard);
    OptionalLong fileBytes = files.length(path);
    if (fileBytes.isEmpty()) {
      return new Index(shard, 0, new long[0]);
    }
    int entryBytes = 2 * Long.BYTES * chunksPerShard;
    long dataBytes = fileBytes.getAsLong() - entryBytes - Integer.BYTES;
    if (dataBytes < 0) {
      throw new ZarrException(
          "the Zarr shard has %d bytes, less than its index".formatted(fileBytes.getAsLong()));
    }
    byte[] tail = files.readRange(path, dataBytes, entryBytes + Integer.BYTES);
    if (tail.length < entryBytes + Integer.BYTES) {
      throw new ZarrException("the Zarr shard ends early");
    }
    ByteBuffer bytes = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
    CRC32C checksum = new CRC32C();
    checksum.update(tail, 0, entryBytes);
    if (bytes.getInt(entryBytes) != (int) checksum.getValue()) {
      throw new ZarrException("the index of the Zarr shard does not match its checksum");
    }
    long[] entries = new long[2 * chunksPerShard];
    bytes.asLongBuffer().get(entries);
    Index index = new Index(shard, dataBytes, entries);
    requireNoOverlap(index);
    return index;
  }
}
