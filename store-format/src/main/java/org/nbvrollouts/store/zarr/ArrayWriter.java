package org.nbvrollouts.store.zarr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.table.ArrayRows;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.table.TypedArrayBuilder;

/**
 * One array of a new store. Rows come in order; of an array longer than one chunk, chunks are
 * encoded as they fill, and only the last one is in memory. For one thread at a time.
 */
final class ArrayWriter implements AutoCloseable {
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
      Scratch scratch, ArraySpec spec, List<Integer> rowShape, RolloutZarrStoreConfig config) {
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
  void append(ArrayRows block) {
    for (int at = 0; at < block.rows(); ) {
      if (chunkFill == chunkRows) {
        encodeChunk();
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

  private void encodeChunk() {
    int wholeChunk = Math.multiplyExact(chunkRows, rowBytes);
    if (chunk.length < wholeChunk) {
      chunk = Arrays.copyOf(chunk, wholeChunk);
    }
    Arrays.fill(chunk, chunkFill * rowBytes, wholeChunk, (byte) 0);
    if (shards == null) {
      shards =
          new ShardFiles(
              scratch,
              spec.type(),
              ChunkPlan.chunksPerShard(chunkRows, ChunkPlan.rowBytes(spec, shape(1))));
    }
    shards.add(chunk);
    chunkFill = 0;
  }

  /** Ends the array; no row follows. */
  void finish() {
    if (shards != null) {
      encodeChunk();
      shards.finish();
      chunk = new byte[0];
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
    } else {
      int[] lengths = rowShape.stream().mapToInt(Integer::intValue).toArray();
      TypedArray all =
          new TypedArrayBuilder(spec.type(), lengths)
              .addLittleEndian(java.nio.ByteBuffer.wrap(chunk, 0, chunkFill * rowBytes))
              .build(rows);
      ZarrArrays.writeChunks(files, spec.path(), document(), all);
    }
  }

  @Override
  public void close() {
    if (shards != null) {
      shards.close();
    }
  }
}
