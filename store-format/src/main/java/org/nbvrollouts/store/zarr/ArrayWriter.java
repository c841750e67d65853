package org.nbvrollouts.store.zarr;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.table.ArrayRows;
import org.nbvrollouts.store.table.TypedArray;

/**
 * One array of a new store. Rows come in order; of an array longer than one chunk, chunks are
 * encoded as they fill, and only those that wait for it are in memory. For one thread at a time.
 */
final class ArrayWriter implements AutoCloseable {
  private final Encoders encoders;
  private final Scratch scratch;
  private final ArraySpec spec;
  private final RolloutZarrStoreConfig config;
  private final List<Integer> rowShape;
  private final int rowBytes;
  private final int chunkRows;
  private byte[] chunk = new byte[0];
  private int chunkFill;
  private int rows;
  private ShardFiles shards;

  /**
   * An array without rows.
   *
   * @param rowShape lengths of all axes but the first
   */
  ArrayWriter(
      Encoders encoders,
      Scratch scratch,
      ArraySpec spec,
      List<Integer> rowShape,
      RolloutZarrStoreConfig config) {
    this.encoders = encoders;
    this.scratch = scratch;
    this.spec = spec;
    this.config = config;
    this.rowShape = rowShape;
    List<Integer> oneRow = shape(1);
    int elements = 1;
    for (int length : rowShape) {
      elements = Math.multiplyExact(elements, length);
    }
    this.rowBytes = Math.multiplyExact(elements, spec.type().bytes());
    this.chunkRows =
        (int)
            Math.min(
                Integer.MAX_VALUE,
                ChunkPlan.chunkRows(spec, ChunkPlan.rowBytes(spec, oneRow), config));
  }

  private List<Integer> shape(int rowCount) {
    List<Integer> shape = new ArrayList<>();
    shape.add(rowCount);
    shape.addAll(rowShape);
    return shape;
  }

  /** Adds rows at the end. */
  void append(ArrayRows block) throws InterruptedException {
    for (int at = 0; at < block.rows(); ) {
      if (chunkFill == chunkRows) {
        passChunk();
      }
      int count = Math.min(block.rows() - at, chunkRows - chunkFill);
      copy(block.rows(at, count));
      at += count;
      chunkFill += count;
      rows = Math.addExact(rows, count);
    }
  }

  private void copy(TypedArray part) {
    int end = Math.multiplyExact(chunkFill + part.rows(), rowBytes);
    if (end > chunk.length) {
      long whole = (long) chunkRows * rowBytes;
      chunk = Arrays.copyOf(chunk, (int) Math.min(whole, Math.max(end, 2L * chunk.length)));
    }
    part.littleEndian().get(chunk, chunkFill * rowBytes, part.rows() * rowBytes);
  }

  private void passChunk() throws InterruptedException {
    int wholeChunk = Math.multiplyExact(chunkRows, rowBytes);
    if (chunk.length < wholeChunk) {
      chunk = Arrays.copyOf(chunk, wholeChunk);
    }
    Arrays.fill(chunk, chunkFill * rowBytes, wholeChunk, (byte) 0);
    if (shards == null) {
      shards =
          new ShardFiles(
              encoders,
              scratch,
              spec.type(),
              ChunkPlan.chunksPerShard(chunkRows, ChunkPlan.rowBytes(spec, shape(1))));
    }
    shards.add(chunk);
    chunk = new byte[wholeChunk];
    chunkFill = 0;
  }

  /** Ends the array; no row follows. */
  void end() throws InterruptedException {
    if (shards != null) {
      passChunk();
      chunk = new byte[0];
    }
  }

  /** Waits for the chunks of an array that has ended. */
  void finish() throws InterruptedException {
    if (shards != null) {
      shards.finish();
    }
  }

  /** The document of the finished array. */
  ArrayDocument document() {
    return ChunkPlan.plan(spec, shape(rows), config);
  }

  /** Makes the chunks of the finished array files of a store. */
  void store(StoreFiles files) {
    if (shards != null) {
      shards.store(files, spec.path(), 1 + rowShape.size());
    } else if (chunkFill * rowBytes > 0) {
      byte[] elements = Arrays.copyOf(chunk, chunkFill * rowBytes);
      String path = ArrayDocument.chunkFile(spec.path(), 0, rowShape.size() + 1);
      ChunkPlan.encodePlain(spec.type(), spec.isDepthRaster(), elements)
          .ifPresent(encoded -> files.write(path, ByteBuffer.wrap(encoded)));
    }
  }

  @Override
  public void close() {
    if (shards != null) {
      shards.close();
    }
  }
}
