package org.nbvrollouts.store.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.nbvrollouts.store.schema.ElementType;

/**
 * The Zarr shards of one array, from chunks that come in order: the chunks one after the other,
 * then their offsets and lengths with a checksum (codec {@code sharding_indexed} with the index at
 * the end). The Zarr library makes a Zarr shard out of 256 MiB at once, in an order that depends on
 * their number; here a chunk is encoded when it is full, several at a time, and lies behind the one
 * before it. For one thread at a time.
 */
final class ShardFiles implements AutoCloseable {
  private static final long NO_CHUNK = -1;

  private final Encoders encoders;
  private final Scratch scratch;
  private final ElementType type;
  private final int chunksPerShard;
  private final ArrayDeque<Future<Optional<byte[]>>> pending = new ArrayDeque<>();
  private final List<Optional<Spool>> finished = new ArrayList<>();
  private Spool current;
  private long[] index = new long[16];
  private int chunks;

  ShardFiles(Encoders encoders, Scratch scratch, ElementType type, int chunksPerShard) {
    this.encoders = encoders;
    this.scratch = scratch;
    this.type = type;
    this.chunksPerShard = chunksPerShard;
    this.current = new Spool(scratch);
  }

  /**
   * Hands over the next chunk; it is encoded meanwhile.
   *
   * @param elements all its elements, little endian; must not change any more
   */
  void add(byte[] elements) throws InterruptedException {
    pending.add(encoders.encode(() -> ChunkPlan.encodeInShard(type, elements)));
    while (!pending.isEmpty() && pending.peek().isDone()) {
      append(Encoders.result(pending.remove()));
    }
  }

  private void append(Optional<byte[]> chunk) {
    if (chunks == chunksPerShard) {
      finishShard(chunksPerShard);
    }
    if (2 * chunks == index.length) {
      index = Arrays.copyOf(index, 2 * index.length);
    }
    index[2 * chunks] = chunk.isPresent() ? current.size() : NO_CHUNK;
    index[2 * chunks + 1] = chunk.isPresent() ? chunk.get().length : NO_CHUNK;
    chunk.ifPresent(current::append);
    chunks++;
  }

  private void finishShard(int entries) {
    boolean empty = current.size() == 0;
    if (!empty) {
      ByteBuffer tail =
          ByteBuffer.allocate(2 * Long.BYTES * entries + Integer.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < 2 * entries; i++) {
        tail.putLong(i < 2 * chunks ? index[i] : NO_CHUNK);
      }
      CRC32C checksum = new CRC32C();
      checksum.update(tail.array(), 0, tail.position());
      current.append(tail.putInt((int) checksum.getValue()).flip());
    }
    current.close();
    finished.add(empty ? Optional.empty() : Optional.of(current));
    current = new Spool(scratch);
    chunks = 0;
  }

  /** Waits for the chunks and ends the last Zarr shard; no chunk follows. */
  void finish() throws InterruptedException {
    while (!pending.isEmpty()) {
      append(Encoders.result(pending.remove()));
    }
    if (chunks > 0) {
      finishShard(finished.isEmpty() ? chunks : chunksPerShard);
    }
  }

  /**
   * Makes the Zarr shards files of a store.
   *
   * @param rank axes of the array
   */
  void store(StoreFiles files, String arrayPath, int rank) {
    for (int shard = 0; shard < finished.size(); shard++) {
      String path = ArrayDocument.chunkFile(arrayPath, shard, rank);
      finished.get(shard).ifPresent(spool -> spool.moveTo(files, path));
    }
  }

  /** Releases the open file. */
  @Override
  public void close() {
    current.close();
  }
}
