package org.nbvrollouts.store.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.store.check.RolloutZarrValidator;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.rollout.RandomRollouts;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.rollout.SelectedDepthStorage;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.table.RolloutTables;

class TestRandomStores {
  @TempDir private Path temporary;

  private static MemoryStoreFiles write(RolloutTables tables) {
    MemoryStoreFiles files = new MemoryStoreFiles();
    TableStores.write(files, tables);
    return files;
  }

  private static RolloutTables tables(long seed, RolloutZarrStoreConfig config) {
    return RolloutTables.of(
        new RandomRollouts(seed).records(3, 6), config, WorkedExample.context());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20260603})
  void whatIsWrittenIsReadAndValid(long seed) {
    RolloutTables tables = tables(seed, RandomRollouts.config());
    RolloutZarrStoreReader store = RolloutZarrStoreReader.open(write(tables));

    tables
        .arrays()
        .forEach(
            (path, array) ->
                assertThat(store.array(path))
                    .as("seed %d, %s", seed, path)
                    .isEqualTo(tables.array(path)));
    var result = RolloutZarrValidator.validateRolloutZarrStore(store);
    assertThat(result.findings()).as("seed %d", seed).isEmpty();
    assertThat(result.strictFindings()).as("seed %d", seed).isEmpty();
  }

  @Test
  void rowRangesAreTheSameRows() {
    long seed = 4;
    RolloutTables tables = tables(seed, RandomRollouts.config());
    RolloutZarrStoreReader store = RolloutZarrStoreReader.open(write(tables));
    String path = "selected_depth/depth_m";
    int images = tables.array(path).rows();
    float[] all = store.floats(path);

    assertThat(images).as("seed %d", seed).isGreaterThan(4);
    for (int first = 0; first + 3 <= images; first++) {
      float[] rows = store.rows(path, first, 3).floats();
      assertThat(rows)
          .as("seed %d, row %d", seed, first)
          .isEqualTo(java.util.Arrays.copyOfRange(all, 16 * first, 16 * (first + 3)));
    }
    assertThat(store.rows(path, images, 0).size()).isZero();
    assertThatThrownBy(() -> store.rows(path, images, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected within " + images + ", array=selected_depth/depth_m)");
  }

  @Test
  void twoWritesHaveTheSameBytesOnAnyPool() throws Exception {
    RolloutTables tables = tables(5, RandomRollouts.config());
    MemoryStoreFiles first = write(tables);
    MemoryStoreFiles second =
        new ForkJoinPool(4).submit(() -> write(tables(5, RandomRollouts.config()))).get();

    assertThat(second).as("seed 5").isEqualTo(first);
    assertThat(first.paths()).contains("q_h/td_reward/c/0").doesNotContain("q_h/td_reward/c/1");
  }

  @Test
  void longTablesHaveOneDataFilePerArray() {
    RolloutZarrStoreConfig config =
        RandomRollouts.config().withSelectedDepth(SelectedDepthStorage.disabled());
    List<RolloutZarrRecord> records = new RandomRollouts(6).records(16, 450);
    RolloutTables tables = RolloutTables.of(records, config, WorkedExample.context());
    MemoryStoreFiles files = write(tables);

    assertThat(tables.counts().candidates()).as("seed 6").isGreaterThan(22_000);
    assertThat(files.paths()).hasSizeLessThan(2 * 193 + 12 + 3);
    RolloutZarrStoreReader store = RolloutZarrStoreReader.open(files);
    assertThat(store.array("candidates/pose_world_cam"))
        .isEqualTo(tables.array("candidates/pose_world_cam"));
    assertThat(store.array("q_h/one_step_target_rri"))
        .isEqualTo(tables.array("q_h/one_step_target_rri"));
  }

  @Test
  void anExistingDirectoryIsRefused() {
    assertThatThrownBy(
            () ->
                new RolloutZarrStoreWriter(WorkedExample.config())
                    .write(temporary, WorkedExample.records(), WorkedExample.context()))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot write store: something stands there already (directory=" + temporary + ")");
  }

  @Test
  void aLocalStoreHasTheSameBytesAsOneInMemory() {
    Path directory = temporary.resolve("a/rollouts.zarr");
    new RolloutZarrStoreWriter(WorkedExample.config())
        .write(directory, WorkedExample.records(), WorkedExample.context());
    MemoryStoreFiles memory =
        write(
            RolloutTables.of(
                WorkedExample.records(), WorkedExample.config(), WorkedExample.context()));
    LocalStoreFiles local = new LocalStoreFiles(directory);

    assertThat(memory.paths())
        .allSatisfy(
            path ->
                assertThat(local.read(path).orElseThrow())
                    .isEqualTo(memory.read(path).orElseThrow()));
    assertThat(local.list("")).hasSize(14).contains("manifest.json", "zarr.json", "q_h");
    assertThat(local.readRange("manifest.json", 4274, 10)).hasSize(2);
    assertThat(local.length("nothing")).isEmpty();
  }
}
