package org.nbvrollouts.store.source.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.error.RefusedInputException;

/** Sources that were changed after they were written. */
final class TestDamagedRolloutSource {
  @TempDir Path folder;

  @Test
  void aChangedBitIsFound() throws IOException {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 2);
    Path part = output.resolve("samples/part-00000.parquet");
    byte[] bytes = Files.readAllBytes(part);
    BlockMetaData second = WrittenSources.blocks(part, 2).get(1);
    bytes[(int) (second.getStartingPos() + second.getCompressedSize() / 2)] ^= 1;
    Files.write(part, bytes);
    RolloutSourceReader reader = RolloutSourceReader.open(output);
    assertThat(reader.load(0).identity().sampleIndex()).isZero();
    assertThatThrownBy(() -> reader.load(1))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot read sample: its row group is damaged (expected whole pages that match their"
                + " checksums, file="
                + part
                + ", row=1); write the source again or restore the file");
    RolloutSourceCheck.Result result = RolloutSourceCheck.check(output);
    assertThat(result.problems())
        .anyMatch(problem -> problem.contains("content of a file differs from the manifest"))
        .anyMatch(problem -> problem.contains("file=" + part + ", row=1"));
  }

  /** Two sample files and seven meshes; one of each is damaged, and one of each is cut. */
  @Test
  void aDamagedFileHidesNothingOfTheOthers() throws IOException {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 70);
    Path first = output.resolve("samples/part-00000.parquet");
    Path second = output.resolve("samples/part-00001.parquet");
    RolloutSourceReader reader = RolloutSourceReader.open(output);
    Path changed = output.resolve("meshes/" + reader.meshReference(0).sha256() + ".ply");
    Path cut = output.resolve("meshes/" + reader.meshReference(10).sha256() + ".ply");
    flip(first, Files.size(first) - 1);
    Files.write(second, new byte[] {0}, StandardOpenOption.APPEND);
    flip(changed, Files.size(changed) - 1);
    Files.write(cut, new byte[] {0}, StandardOpenOption.APPEND);

    List<String> problems = RolloutSourceCheck.check(output).problems();
    assertThat(problems)
        .filteredOn(each -> each.startsWith("Cannot open source: a file has another size"))
        .extracting(each -> each.substring(each.indexOf("file=")))
        .containsExactlyInAnyOrder("file=" + cut + ")", "file=" + second + ")");
    assertThat(problems)
        .filteredOn(each -> each.startsWith("Invalid source: content of a file differs"))
        .extracting(each -> each.substring(each.indexOf("file=")))
        .containsExactlyInAnyOrder("file=" + first + ")", "file=" + changed + ")");
    assertThat(problems)
        .contains(
            "Cannot read sample file: its footer is none of Parquet or damaged (expected a whole"
                + " Parquet file, file="
                + first
                + ")")
        .anyMatch(each -> each.startsWith("Cannot load mesh: content differs from its name"))
        .hasSize(6);
  }

  @Test
  void aDamagedManifestHidesNoDamageOfTheOtherFiles() throws IOException {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 2);
    Path manifest = output.resolve("manifest.json");
    Path part = output.resolve("samples/part-00000.parquet");
    String sha256 = RolloutSourceReader.open(output).meshReference(0).sha256();
    Path mesh = output.resolve("meshes/" + sha256 + ".ply");
    BlockMetaData block = WrittenSources.blocks(part, 2).get(1);
    flip(part, block.getStartingPos() + block.getCompressedSize() / 2);
    flip(mesh, Files.size(mesh) - 1);
    Files.write(manifest, Arrays.copyOf(Files.readAllBytes(manifest), 40));

    List<String> problems = RolloutSourceCheck.check(output).problems();
    assertThat(problems).hasSize(3);
    assertThat(problems.get(0)).startsWith("Invalid JSON: ").contains("file=" + manifest);
    assertThat(problems.get(1))
        .startsWith("Cannot read sample: its row group is damaged")
        .contains("file=" + part + ", row=1");
    assertThat(problems.get(2))
        .startsWith("Invalid source: content of a mesh differs from its name (expected=" + sha256)
        .endsWith("file=" + mesh + ")");
  }

  /** Every damage of a row group is a fault of the file and never one of the storage. */
  @Test
  void everyDamagedByteOfARowGroupIsToldInWordsOfTheProduct() throws IOException {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 2);
    Path part = output.resolve("samples/part-00000.parquet");
    BlockMetaData block = WrittenSources.blocks(part, 2).get(1);
    byte[] whole = Files.readAllBytes(part);
    SplittableRandom random = new SplittableRandom(WrittenSources.SEED);
    int refused = 0;
    for (int round = 0; round < 200; round++) {
      byte[] damaged = whole.clone();
      int offset = (int) (block.getStartingPos() + random.nextLong(block.getCompressedSize()));
      damaged[offset] ^= (byte) random.nextInt(1, 256);
      Files.write(part, damaged);
      for (String problem : RolloutSourceCheck.check(output).problems()) {
        refused += problem.startsWith("Cannot read sample: its row group is damaged") ? 1 : 0;
        assertThat(problem)
            .as("seed %d, round %d, offset %d", WrittenSources.SEED, round, offset)
            .matches(
                "Cannot read sample: its row group is damaged.*|Cannot load sample: .*|"
                    + "Invalid source: content of a file differs from the manifest .*");
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  private static void flip(Path file, long offset) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) offset] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void aChangedMeshIsRefused() throws IOException {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 1);
    RolloutSourceReader reader = RolloutSourceReader.open(output);
    String sha256 = reader.meshReference(0).sha256();
    Path mesh = output.resolve("meshes/" + sha256 + ".ply");
    byte[] bytes = Files.readAllBytes(mesh);
    bytes[bytes.length - 1] ^= 1;
    Files.write(mesh, bytes);
    assertThatThrownBy(() -> reader.loadMesh(sha256))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith("Cannot load mesh: content differs from its name (expected=")
        .hasMessageEndingWith("file=" + mesh + ")");
    assertThatThrownBy(() -> reader.loadMesh("0".repeat(64)))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith("Cannot load mesh: the source has none of this hash");
    assertThatThrownBy(() -> reader.load(99))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot load sample: no such index (sample_index=99, samples=1, folder="
                + output
                + ")");
  }

  @Test
  void duplicatesAreRefusedOnOpen() throws IOException {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 1);
    Path part = output.resolve("samples/part-00000.parquet");
    SourceRow row = SourceRowEncoder.encode(RolloutSourceReader.open(output).load(0));
    Files.delete(part);
    try (SampleFileWriter writer = new SampleFileWriter(part)) {
      writer.write(row);
      writer.write(row);
    }
    WrittenSources.rewriteManifest(output, 2);
    assertThat(catchThrowable(() -> RolloutSourceRows.open(output)))
        .hasMessage(catchThrowable(() -> RolloutSourceReader.open(output)).getMessage());
    assertThatThrownBy(() -> RolloutSourceReader.open(output))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContaining(
            "Cannot open source: repeated sample_index [0] (expected each once, file="
                + part
                + ", row=1, first file="
                + part
                + ", row=0)")
        .hasMessageContaining("repeated sample_key [scene_0::snippet-0]")
        .hasMessageContaining("repeated (scene_id, snippet_id) [scene 0, snippet-0]")
        .hasMessageContaining("repeated (source_shard_id, source_shard_row) [part-00000, 0]");
  }

  @Test
  void rowsOutOfOrderAreRefusedOnOpen() throws IOException {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 3);
    WrittenSources.keepRows(output, 2, 1);
    assertThatThrownBy(() -> RolloutSourceRows.open(output))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot open source: sample_index 1 after 2 (expected ascending rows, file="
                + output.resolve("samples/part-00000.parquet")
                + ", row=1)");
  }

  @Test
  void aCutSampleFileIsRefusedInWordsOfTheProduct() throws IOException {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 1);
    Path part = output.resolve("samples/part-00000.parquet");
    byte[] whole = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(whole, whole.length - 100));
    WrittenSources.rewriteManifest(output, 1);
    assertThatThrownBy(() -> RolloutSourceReader.open(output))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot read sample file: its footer is none of Parquet or damaged (expected a whole"
                + " Parquet file, file="
                + part
                + ")");
  }

  @Test
  void aFolderInPlaceOfASampleFileIsRefused() throws IOException {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 1);
    Path part = output.resolve("samples/part-00000.parquet");
    Files.delete(part);
    Files.createDirectory(part);
    assertThatThrownBy(() -> RolloutSourceReader.open(output))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot open source: no regular file (expected a file of the manifest, file="
                + part
                + ")");
  }

  @Test
  void otherVersionsAndFormatsAreRefused() throws IOException {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 1);
    Path manifest = output.resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("\"version\": 1", "\"version\": 2"));
    assertThatThrownBy(() -> RolloutSourceReader.open(output))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid source manifest: version 2 (expected 1, the only supported one, file="
                + manifest
                + ")");
    Files.writeString(manifest, text.replace("samples/part-00000", "../part-00000"));
    assertThatThrownBy(() -> RolloutSourceReader.open(output))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContaining("path ../part-00000.parquet (expected samples/part-<5 digits>");
    assertThatThrownBy(() -> RolloutSourceReader.open(folder))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot open source: no manifest.json (expected a folder of rollout source v1, folder="
                + folder
                + ")");
  }

  @Test
  void missingAndForeignFilesAreListed() throws IOException {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 1);
    Files.writeString(output.resolve("notes.txt"), "mine");
    assertThat(RolloutSourceCheck.check(output).problems())
        .containsExactly(
            "Invalid source: file is not in the manifest (file="
                + output.resolve("notes.txt")
                + ")");
    Path part = output.resolve("samples/part-00000.parquet");
    Files.delete(part);
    assertThat(RolloutSourceCheck.check(output).problems())
        .containsExactly(
            "Cannot open source: a file of the manifest is missing (file=" + part + ")",
            "Invalid source: file is not in the manifest (file="
                + output.resolve("notes.txt")
                + ")");
  }
}
