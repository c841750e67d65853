package org.nbvrollouts.store.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.store.check.RolloutZarrValidator;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.rollout.RandomRollouts;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.synthetic.SyntheticRollouts;
import org.nbvrollouts.store.synthetic.SyntheticShape;
import org.nbvrollouts.store.table.RolloutTables;

class TestRolloutZarrStoreStream {
  @TempDir private Path scratch;

  private MemoryStoreFiles stream(List<RolloutZarrRecord> records, RolloutZarrStoreConfig config)
      throws InterruptedException {
    MemoryStoreFiles files = new MemoryStoreFiles();
    try (RolloutZarrStoreStream store = RolloutZarrStoreStream.open(files, scratch, config)) {
      for (RolloutZarrRecord record : records) {
        store.append(record);
      }
      store.finish(WorkedExample.context());
    }
    return files;
  }

  private static MemoryStoreFiles atOnce(
      List<RolloutZarrRecord> records, RolloutZarrStoreConfig config) {
    MemoryStoreFiles files = new MemoryStoreFiles();
    TableStores.write(files, RolloutTables.of(records, config, WorkedExample.context()));
    return files;
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> paths = Files.list(scratch)) {
      return paths.toList();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20261128})
  void recordsOneByOneGiveTheBytesOfAllAtOnce(long seed) throws Exception {
    List<RolloutZarrRecord> records = new RandomRollouts(seed).records(5, 9);
    RolloutZarrStoreConfig config = RandomRollouts.config();

    assertThat(stream(records, config)).as("seed %d", seed).isEqualTo(atOnce(records, config));
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void tablesOfManyBlocksAndSpooledChunksAreTheSameStore() throws Exception {
    long seed = 11;
    SyntheticRollouts rollouts =
        new SyntheticRollouts(SyntheticShape.of(16, 2, 3, 7, 61).withDepth(96).withCrops(5), seed);
    MemoryStoreFiles files = stream(rollouts.records(), rollouts.config());

    assertThat(files).as("seed %d", seed).isEqualTo(atOnce(rollouts.records(), rollouts.config()));
    assertThat(
            RolloutZarrValidator.validateRolloutZarrStore(RolloutZarrStoreReader.open(files))
                .isStrictlyOk())
        .isTrue();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void anEmptyStoreIsTheSame() throws Exception {
    assertThat(stream(List.of(), WorkedExample.config()))
        .isEqualTo(atOnce(List.of(), WorkedExample.config()));
  }

  /** The library writes chunks in another order, but each chunk with the same bytes. */
  @Test
  void chunksAreThoseThatTheLibraryEncodes() {
    long seed = 12;
    RolloutTables tables =
        RolloutTables.of(
            new RandomRollouts(seed).records(9, 14),
            RandomRollouts.config(),
            WorkedExample.context());
    MemoryStoreFiles ours = new MemoryStoreFiles();
    TableStores.write(ours, tables);
    int shards = 0;
    int plain = 0;
    for (ArraySpec spec : StoreSchema.current().arrays()) {
      ArrayDocument document =
          ChunkPlan.plan(spec, tables.array(spec.path()).shape(), tables.description().config());
      MemoryStoreFiles theirs = new MemoryStoreFiles();
      LibraryWriter.writeChunks(theirs, spec.path(), document, tables.array(spec.path()));
      String file = spec.path() + "/c/0" + "/0".repeat(spec.shape().size() - 1);
      if (document.isSharded()) {
        int count =
            (int) (document.chunkShape().get(0) / document.chunkRowsInShard().orElseThrow());
        assertThat(chunks(ours.read(file).orElseThrow(), count))
            .as("seed %d, %s", seed, file)
            .isEqualTo(chunks(theirs.read(file).orElseThrow(), count));
        shards++;
      } else {
        assertThat(ours.read(file).map(ByteBuffer::wrap))
            .as("seed %d, %s", seed, file)
            .isEqualTo(theirs.read(file).map(ByteBuffer::wrap));
        plain++;
      }
    }
    assertThat(shards).isGreaterThan(17);
    assertThat(plain).isGreaterThan(100);
  }

  private static List<ByteBuffer> chunks(byte[] shard, int count) {
    ByteBuffer index =
        ByteBuffer.wrap(shard, shard.length - 16 * count - 4, 16 * count)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    List<ByteBuffer> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long offset = index.getLong();
      long length = index.getLong();
      chunks.add(
          offset == -1
              ? ByteBuffer.allocate(0)
              : ByteBuffer.wrap(Arrays.copyOfRange(shard, (int) offset, (int) (offset + length))));
    }
    return chunks;
  }

  @Test
  void aRejectedRecordLeavesNothingBehind() throws Exception {
    MemoryStoreFiles files = new MemoryStoreFiles();
    SyntheticRollouts rollouts =
        new SyntheticRollouts(SyntheticShape.of(8, 1, 4, 6, 60).withDepth(96), 13);
    try (RolloutZarrStoreStream store =
        RolloutZarrStoreStream.open(files, scratch, rollouts.config())) {
      for (RolloutZarrRecord record : rollouts.records()) {
        store.append(record);
      }
      assertThatThrownBy(() -> store.append(rollouts.record(0, 0, 0)))
          .isInstanceOf(InvalidContentException.class)
          .hasMessageContaining("two have the same id (rollout=00000000-target-00-oracle_greedy");
    }

    assertThat(files.paths()).isEmpty();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aScratchThatCannotBeWrittenIsAnEnvironmentError() throws Exception {
    Path nowhere = scratch.resolve("absent");
    SyntheticRollouts rollouts =
        new SyntheticRollouts(SyntheticShape.of(8, 2, 4, 6, 60).withDepth(96), 14);
    try (RolloutZarrStoreStream store =
        RolloutZarrStoreStream.open(new MemoryStoreFiles(), nowhere, rollouts.config())) {
      assertThatThrownBy(
              () -> {
                for (RolloutZarrRecord record : rollouts.records()) {
                  store.append(record);
                }
                store.finish(WorkedExample.context());
              })
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("Cannot make scratch directory: ")
          .hasMessageContaining("(parent=" + nowhere + ")");
    }
  }

  @Test
  void anInterruptedThreadStopsAndLeavesNothingBehind() throws Exception {
    SyntheticRollouts rollouts =
        new SyntheticRollouts(SyntheticShape.of(4, 1, 4, 6, 60).withDepth(96), 15);
    try (RolloutZarrStoreStream store =
        RolloutZarrStoreStream.open(new MemoryStoreFiles(), scratch, rollouts.config())) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () -> {
                for (RolloutZarrRecord record : rollouts.records()) {
                  store.append(record);
                }
                store.finish(WorkedExample.context());
              })
          .isInstanceOf(InterruptedException.class);
    }
    assertThat(Thread.interrupted()).isFalse();
    assertThat(leftovers()).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("store-encoder") && thread.isAlive());
  }
}
