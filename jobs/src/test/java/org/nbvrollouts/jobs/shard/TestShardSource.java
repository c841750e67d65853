package org.nbvrollouts.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.commit.ShardBuildException;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.RolloutShardRow;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.rollout.RolloutSourceWriter;
import org.nbvrollouts.store.source.rollout.SourceFixtures;

/** A source of two sample files, of 64 and 6 rows. */
class TestShardSource {
  private static final long SEED = 11;
  private static final int ROWS = 70;

  @TempDir Path folder;
  private Path directory;
  private final List<RolloutShardRow> rows = new ArrayList<>();

  @BeforeEach
  void write() {
    directory = folder.resolve("source");
    SplittableRandom random = new SplittableRandom(SEED);
    try (RolloutSourceWriter writer =
        RolloutSourceWriter.create(directory, SourceFixtures.PROVENANCE)) {
      MeshReference mesh = writer.addMesh(SourceFixtures.tetrahedron(0));
      for (int i = 0; i < ROWS; i++) {
        SampleIdentity identity = writer.addSample(SourceFixtures.sample(i, mesh, random));
        rows.add(RolloutShardRow.of(i, identity));
      }
      writer.finish();
    }
  }

  private ShardSource open() {
    return ShardSource.open(directory, new SceneMeshCache(0));
  }

  @Test
  void theRowsOfAPlanAreThere() {
    ShardSource source = open();
    source.check(rows);
    for (RolloutShardRow row : rows) {
      assertThat(source.sample(row).identity()).isEqualTo(row.identity());
    }
  }

  @Test
  void aShardWithARowOfADamagedFileIsRefusedAndOthersAreNot() throws IOException {
    Path second = directory.resolve("samples/part-00001.parquet");
    byte[] bytes = Files.readAllBytes(second);
    bytes[bytes.length - 1] ^= 1;
    Files.write(second, bytes);
    ShardSource source = open();
    source.check(rows.subList(0, 64));
    assertThatThrownBy(() -> source.check(rows))
        .isInstanceOfSatisfying(
            ShardBuildException.class,
            refused -> assertThat(refused.kind()).isEqualTo(FailureKind.SOURCE_DRIFT))
        .hasMessage(
            "Cannot read sample file: its footer is none of Parquet or damaged (expected a whole"
                + " Parquet file, file="
                + second
                + ")");
  }

  @Test
  void aShardWithARowThatTheSourceDoesNotHaveIsRefused() {
    SampleIdentity last = rows.get(ROWS - 1).identity();
    RolloutShardRow none =
        new RolloutShardRow(
            1, ROWS, "k", last.sceneId(), "k", last.split(), last.sourceShardId(), ROWS);
    assertThatThrownBy(() -> open().check(List.of(rows.get(0), none)))
        .isInstanceOfSatisfying(
            ShardBuildException.class,
            refused -> assertThat(refused.kind()).isEqualTo(FailureKind.ROW_NOT_EXPOSED))
        .hasMessage(
            "Cannot build row: the source has no such row (sample_index=70, source="
                + directory
                + ")");
  }

  @Test
  void aShardWithAnotherRowThanTheSourceIsRefused() {
    SampleIdentity found = rows.get(1).identity();
    RolloutShardRow other =
        new RolloutShardRow(
            1,
            found.sampleIndex(),
            found.sampleKey(),
            found.sceneId(),
            found.snippetId(),
            "val",
            found.sourceShardId(),
            found.sourceShardRow());
    assertThatThrownBy(() -> open().check(List.of(rows.get(0), other)))
        .isInstanceOfSatisfying(
            ShardBuildException.class,
            refused -> assertThat(refused.kind()).isEqualTo(FailureKind.ROW_IDENTITY_MISMATCH))
        .hasMessage(
            "Cannot build row: the source has another row there (expected="
                + other.identity()
                + ", found="
                + found
                + ", source="
                + directory
                + ")");
  }
}
