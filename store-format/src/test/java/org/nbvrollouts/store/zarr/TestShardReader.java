package org.nbvrollouts.store.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.table.TypedArrayBuilder;

/** Zarr shards that the Zarr library has written, read by the page and by the library. */
class TestShardReader {
  @TempDir private Path scratchParent;

  private static final int ROWS = 103;
  private static final int WIDTH = 5;
  private static final int CHUNK_ROWS = 4;
  private static final int CHUNKS = 10;
  private static final long SHARD_ROWS = 40;

  private static ArrayDocument document(ElementType type) {
    ArrayDocument plain =
        ArrayDocument.of(
            List.of((long) ROWS, (long) WIDTH), type, List.of(SHARD_ROWS, (long) WIDTH), List.of());
    return ArrayDocument.of(
        plain.shape(), type, plain.chunkShape(), ChunkPlan.shardCodecs(plain, CHUNK_ROWS));
  }

  private static TypedArray array(ElementType type, Random random) {
    TypedArrayBuilder builder = new TypedArrayBuilder(type, WIDTH);
    for (int i = 0; i < ROWS * WIDTH; i++) {
      // Chunks of zeros are absent.
      builder.add(i / WIDTH / CHUNK_ROWS % 3 == 1 ? 0 : random.nextInt(100));
    }
    return builder.build(ROWS);
  }

  private static MemoryStoreFiles written(ArrayDocument document, TypedArray array) {
    MemoryStoreFiles files = new MemoryStoreFiles();
    LibraryWriter.writeChunks(files, "a", document, array);
    return files;
  }

  @Test
  void everyRangeIsThatOfTheLibrary() {
    long seed = 20261128;
    Random random = new Random(seed);
    for (ElementType type : List.of(ElementType.BOOL, ElementType.INT64, ElementType.FLOAT16)) {
      ArrayDocument document = document(type);
      TypedArray array = type == ElementType.BOOL ? truths(random) : array(type, random);
      MemoryStoreFiles files = written(document, array);
      assertThat(ShardReader.reads(document)).isTrue();
      ShardReader reader = new ShardReader(files, "a", document);
      for (int i = 0; i < 200; i++) {
        int first = random.nextInt(ROWS);
        int rows = random.nextInt(ROWS - first + 1);
        assertThat(reader.rows(first, rows))
            .as("seed %d, %s, rows %d from %d", seed, type, rows, first)
            .isEqualTo(array.rows(first, rows))
            .isEqualTo(ZarrArrays.read(files, "a", document, first, rows));
      }
    }
  }

  private static TypedArray truths(Random random) {
    TypedArrayBuilder builder = new TypedArrayBuilder(ElementType.BOOL, WIDTH);
    for (int i = 0; i < ROWS * WIDTH; i++) {
      builder.add((long) random.nextInt(2));
    }
    return builder.build(ROWS);
  }

  @Test
  void aPageCostsOneRequestAndTheIndexIsReadOnce() throws InterruptedException {
    ArrayDocument document = document(ElementType.INT32);
    TypedArrayBuilder builder = new TypedArrayBuilder(ElementType.INT32, WIDTH);
    for (int i = 0; i < ROWS * WIDTH; i++) {
      builder.add((long) i);
    }
    TypedArray array = builder.build(ROWS);
    MemoryStoreFiles store = new MemoryStoreFiles();
    writeInOrder(store, array);
    CountingStoreFiles files = new CountingStoreFiles(store);
    ShardReader reader = new ShardReader(files, "a", document);

    assertThat(reader.rows(0, 20)).isEqualTo(array.rows(0, 20));
    assertThat(files.takeRequests())
        .containsExactly("length a/c/0/0", "range a/c/0/0", "range a/c/0/0");
    assertThat(reader.rows(20, 20)).isEqualTo(array.rows(20, 20));
    assertThat(files.takeRequests()).containsExactly("range a/c/0/0");
  }

  /** As new stores have them, chunk behind chunk; the library has its own order. */
  private void writeInOrder(MemoryStoreFiles files, TypedArray array) throws InterruptedException {
    try (Scratch scratch = new Scratch(scratchParent);
        Encoders encoders = new Encoders();
        ShardFiles shards = new ShardFiles(encoders, scratch, array.type(), CHUNKS)) {
      for (int row = 0; row < ROWS; row += CHUNK_ROWS) {
        byte[] chunk = new byte[CHUNK_ROWS * WIDTH * array.type().bytes()];
        TypedArray rows = array.rows(row, Math.min(CHUNK_ROWS, ROWS - row));
        rows.littleEndian().get(chunk, 0, rows.size() * array.type().bytes());
        shards.add(chunk);
      }
      shards.finish();
      shards.store(files, "a", 2);
    }
  }

  @Test
  void anAbsentZarrShardIsZeros() {
    ArrayDocument document = document(ElementType.INT16);

    TypedArray rows = new ShardReader(new MemoryStoreFiles(), "a", document).rows(30, 20);

    assertThat(rows.longs()).hasSize(20 * WIDTH).containsOnly(0);
  }

  @Test
  void damageIsAContentErrorThatNamesTheZarrShard() {
    ArrayDocument document = document(ElementType.INT32);
    MemoryStoreFiles intact = written(document, array(ElementType.INT32, new Random(20261128)));
    byte[] shard = intact.read("a/c/1/0").orElseThrow();
    int index = shard.length - 16 * CHUNKS - 4;
    assertRefused(document, intact, Arrays.copyOf(shard, 20), "less than its index");
    assertRefused(document, intact, flipped(shard, index + 3), "does not match its checksum");
    for (int at = 0; at < index; at++) {
      byte[] damaged = flipped(shard, at);
      MemoryStoreFiles files = intact.copy();
      files.replace("a/c/1/0", damaged);
      try {
        new ShardReader(files, "a", document).rows(0, ROWS);
      } catch (InvalidContentException e) {
        assertThat(e).hasMessageContaining("array=a/c/1/0");
      }
    }
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    copy[at] ^= 1;
    return copy;
  }

  private static void assertRefused(
      ArrayDocument document, MemoryStoreFiles intact, byte[] shard, String reason) {
    MemoryStoreFiles files = intact.copy();
    files.replace("a/c/1/0", shard);
    ShardReader reader = new ShardReader(files, "a", document);
    assertThatThrownBy(() -> reader.rows(0, ROWS))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("Cannot read array: ")
        .hasMessageContaining(reason)
        .hasMessageEndingWith("(array=a/c/1/0, store=memory)");
    assertThat(reader.rows(0, 40).rows()).isEqualTo(40);
  }

  @Test
  void otherFormsAreLeftToTheLibrary() {
    ArrayDocument ours = document(ElementType.INT32);
    ArrayDocument plain =
        ArrayDocument.of(ours.shape(), ours.type(), ours.chunkShape(), Collections.emptyList());
    ArrayDocument filled =
        new ArrayDocument(
            ours.shape(),
            ours.type(),
            ours.chunkShape(),
            7L,
            ours.codecs(),
            ours.chunkKeyEncoding());
    ArrayDocument narrow =
        ArrayDocument.of(
            List.of((long) ROWS, 2L * WIDTH), ours.type(), ours.chunkShape(), ours.codecs());

    assertThat(List.of(plain, filled, narrow)).noneMatch(ShardReader::reads);
  }
}
