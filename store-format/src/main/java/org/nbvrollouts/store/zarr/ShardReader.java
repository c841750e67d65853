package org.nbvrollouts.store.zarr;

import dev.zarr.zarrjava.ZarrException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
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
  private static final long MOST_FETCHED = 2L << 20;

  /** Elements that are worth the start of other threads; pages of tasks are smaller. */
  private static final long PARALLEL_BYTES = 8L << 20;

  private static final long MOST_CHUNKS = 1 << 16;
  private static final BigInteger MOST_CHUNK_BYTES = BigInteger.ONE.shiftLeft(28);

  /** What an encoding adds at most to a chunk that cannot be compressed. */
  private static final int ENCODING_ROOM = 1 << 12;

  private final StoreFiles files;
  private final String arrayPath;
  private final ArrayDocument document;
  private final ChunkGrid grid;
  private final int chunkRows;
  private final int chunksPerShard;
  private final int chunkBytes;
  private volatile ShardIndex latest;

  /** Chunks that lie one behind the other in a Zarr shard and are fetched together. */
  private static final class Run {
    private final ShardIndex index;
    private final int first;
    private final int end;
    private final int bytes;

    Run(ShardIndex index, int first, int end, int bytes) {
      this.index = index;
      this.first = first;
      this.end = end;
      this.bytes = bytes;
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
    List<Run> runs = new ArrayList<>();
    for (int row = firstRow; row < end; ) {
      int chunk = row / chunkRows;
      int shard = chunk / chunksPerShard;
      int lastChunk =
          Math.min((end - 1) / chunkRows, (int) Math.min(Integer.MAX_VALUE, lastOf(shard)));
      try {
        addRuns(index(shard), chunk, lastChunk, runs);
      } catch (ZarrException e) {
        throw unreadable(shard, e);
      }
      row = (int) Math.min(end, (lastChunk + 1L) * chunkRows);
    }
    Target target = new Target(elements, firstRow, end);
    forEach(elements.length, runs.size(), at -> read(runs.get(at), target));
    return TypedArray.ofRows(document.type(), document.rowShape(), ByteBuffer.wrap(elements));
  }

  private InvalidContentException unreadable(int shard, ZarrException cause) {
    return new InvalidContentException(
        "Cannot read array: %s (array=%s, store=%s)"
            .formatted(cause.getMessage(), path(shard), files.location()),
        cause);
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

  /** Divides chunks of one Zarr shard into runs; absent ones stay zero. */
  private void addRuns(ShardIndex index, int first, int last, List<Run> runs) throws ZarrException {
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
      runs.add(new Run(index, chunk, next, Math.toIntExact(bytes)));
      chunk = next;
    }
  }

  /** True if a chunk lies where a run of chunks ends and may be fetched with it. */
  private boolean follows(ShardIndex index, int first, int chunk, long bytes) throws ZarrException {
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
                  index.dataBytes()));
    }
    return chunk == first
        || (index.start(entry) == index.start(first % chunksPerShard) + bytes
            && bytes + index.length(entry) <= MOST_FETCHED);
  }

  private void read(Run run, Target target) {
    int shard = run.index.shard();
    long start = run.index.start(run.first % chunksPerShard);
    byte[] fetched = files.readRange(path(shard), start, run.bytes);
    if (fetched.length < run.bytes) {
      throw unreadable(shard, new ZarrException("the Zarr shard ends early"));
    }
    int chunks = run.end - run.first;
    forEach(
        (long) chunkBytes * chunks,
        chunks,
        at -> {
          int entry = (run.first + at) % chunksPerShard;
          int offset = (int) (run.index.start(entry) - start);
          try {
            target.decode(run.first + at, fetched, offset, (int) run.index.length(entry));
          } catch (ZarrException e) {
            throw unreadable(shard, e);
          }
        });
  }

  /** What is large is shared out to all cores. */
  private static void forEach(long bytes, int pieces, IntConsumer work) {
    if (bytes >= PARALLEL_BYTES) {
      AllCores.forEach(pieces, work);
    } else {
      IntStream.range(0, pieces).forEach(work);
    }
  }

  /** The latest index is kept: whoever reads page by page reads each index once. */
  private ShardIndex index(int shard) throws ZarrException {
    ShardIndex index = latest;
    if (index == null || index.shard() != shard) {
      index = ShardIndex.read(files, path(shard), shard, chunksPerShard);
      latest = index;
    }
    return index;
  }
}
