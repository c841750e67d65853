package org.nbvrollouts.store.source.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;

final class TestRolloutSource {
  private static final long SEED = 20260101;

  @TempDir Path folder;

  private List<SourceSample> write(Path output, int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<SourceSample> written = new ArrayList<>();
    try (RolloutSourceWriter writer =
        RolloutSourceWriter.create(output, SourceFixtures.PROVENANCE)) {
      for (int i = 0; i < count; i++) {
        MeshReference mesh = writer.addMesh(SourceFixtures.tetrahedron(i / 10));
        SourceSample sample = SourceFixtures.sample(i, mesh, random);
        written.add(new SourceSample(writer.addSample(sample), sample.actor(), sample.oracle()));
      }
      writer.finish();
    }
    return written;
  }

  @Test
  void whatIsWrittenIsRead() {
    Path output = folder.resolve("out");
    List<SourceSample> written = write(output, 70);
    RolloutSourceReader reader = RolloutSourceReader.open(output);
    assertThat(reader.identities())
        .isEqualTo(written.stream().map(SourceSample::identity).toList());
    assertThat(reader.identities().get(69).sourceShardId()).isEqualTo("part-00001");
    assertThat(reader.identities().get(69).sourceShardRow()).isEqualTo(5);
    for (SourceSample sample : written) {
      SourceSample read = reader.load(sample.identity().sampleIndex());
      assertThat(SourceRowEncoder.encode(read).sha256())
          .as("seed %d", SEED)
          .isEqualTo(SourceRowEncoder.encode(sample).sha256());
      assertThat(read.actor().points().inverseDistanceStd())
          .isEqualTo(sample.actor().points().inverseDistanceStd());
      assertThat(read.actor().trajectory()).isEqualTo(sample.actor().trajectory());
      assertThat(read.actor().occupancyExtent()).isEqualTo(sample.actor().occupancyExtent());
    }
    assertThat(RolloutSourceCheck.check(output).problems()).isEmpty();
  }

  @Test
  void equalSamplesGiveEqualBytes() throws IOException {
    write(folder.resolve("a"), 5);
    write(folder.resolve("b"), 5);
    assertThat(contents(folder.resolve("a"))).isEqualTo(contents(folder.resolve("b")));
    assertThat(RolloutSourceReader.open(folder.resolve("a")).sourceManifestHash())
        .isEqualTo(RolloutSourceReader.open(folder.resolve("b")).sourceManifestHash())
        .matches("[0-9a-f]{16}");
  }

  private static Map<String, String> contents(Path root) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        contents.put(
            root.relativize(path).toString(),
            new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  /** parquet-java lists them in the order of a hash set, which differs from JVM to JVM. */
  @Test
  void footersListEncodingsInOneOrder() throws IOException {
    write(folder.resolve("out"), 3);
    byte[] file = Files.readAllBytes(folder.resolve("out/samples/part-00000.parquet"));
    int length =
        ByteBuffer.wrap(file)
            .order(ByteOrder.LITTLE_ENDIAN)
            .getInt(file.length - 2 * Integer.BYTES);
    int start = file.length - 2 * Integer.BYTES - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(file, start, length));

    int severalEncodings = 0;
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk column : group.getColumns()) {
        List<Encoding> encodings = column.getMeta_data().getEncodings();
        assertThat(encodings).isSorted();
        severalEncodings += encodings.size() > 1 ? 1 : 0;
      }
    }
    assertThat(severalEncodings).isPositive();
  }

  @Test
  void everySampleHasARowGroupOfItsOwnInZstandard() throws IOException {
    write(folder.resolve("out"), 5);
    for (BlockMetaData block : blocks(folder.resolve("out/samples/part-00000.parquet"), 5)) {
      assertThat(block.getRowCount()).isOne();
      assertThat(block.getColumns())
          .allMatch(column -> column.getCodec() == CompressionCodecName.ZSTD);
    }
  }

  private static List<BlockMetaData> blocks(Path file, int expected) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            new LocalInputFile(file),
            ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new ZstdCodecs())
                .build())) {
      assertThat(reader.getRowGroups()).hasSize(expected);
      return reader.getRowGroups();
    }
  }

  @Test
  void loadingASampleReadsItsRowGroupOnly() throws IOException {
    Path output = folder.resolve("out");
    write(output, 6);
    TreeMap<Long, Long> reads = new TreeMap<>();
    RolloutSourceReader reader =
        RolloutSourceReader.open(
            output, path -> new CountingInputFile(new LocalInputFile(path), reads));
    reads.clear();
    reader.load(3);
    BlockMetaData block = blocks(output.resolve("samples/part-00000.parquet"), 6).get(3);
    long start = block.getStartingPos();
    assertThat(reads.firstKey()).isGreaterThanOrEqualTo(start);
    assertThat(reads.lastKey() + reads.lastEntry().getValue())
        .isLessThanOrEqualTo(start + block.getCompressedSize());
    assertThat(reads.values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(block.getCompressedSize());
  }

  @Test
  void aChangedBitIsFound() throws IOException {
    Path output = folder.resolve("out");
    write(output, 2);
    Path part = output.resolve("samples/part-00000.parquet");
    byte[] bytes = Files.readAllBytes(part);
    BlockMetaData second = blocks(part, 2).get(1);
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
    write(output, 70);
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
    write(output, 2);
    Path manifest = output.resolve("manifest.json");
    Path part = output.resolve("samples/part-00000.parquet");
    String sha256 = RolloutSourceReader.open(output).meshReference(0).sha256();
    Path mesh = output.resolve("meshes/" + sha256 + ".ply");
    BlockMetaData block = blocks(part, 2).get(1);
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
    write(output, 2);
    Path part = output.resolve("samples/part-00000.parquet");
    BlockMetaData block = blocks(part, 2).get(1);
    byte[] whole = Files.readAllBytes(part);
    SplittableRandom random = new SplittableRandom(SEED);
    int refused = 0;
    for (int round = 0; round < 200; round++) {
      byte[] damaged = whole.clone();
      int offset = (int) (block.getStartingPos() + random.nextLong(block.getCompressedSize()));
      damaged[offset] ^= (byte) random.nextInt(1, 256);
      Files.write(part, damaged);
      for (String problem : RolloutSourceCheck.check(output).problems()) {
        refused += problem.startsWith("Cannot read sample: its row group is damaged") ? 1 : 0;
        assertThat(problem)
            .as("seed %d, round %d, offset %d", SEED, round, offset)
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
  void theRowHashDependsOnEveryText() {
    SourceRow row =
        SourceRowEncoder.encode(
            SourceFixtures.sample(
                0, new MeshReference("0".repeat(64), 4, 4), new SplittableRandom(SEED)));
    String honest = row.sha256();
    row.put(SourceColumn.SNIPPET_ID, "another");
    assertThat(row.sha256()).isNotEqualTo(honest);
    row.put(SourceColumn.SNIPPET_ID, "snippet-0");
    assertThat(row.sha256()).isEqualTo(honest);
  }

  /** The framing written out by hand for two columns of a row. */
  @Test
  void theRowHashFramesNamesAndBytes() {
    SourceRow row = new SourceRow();
    row.put(SourceColumn.SAMPLE_INDEX, 258);
    row.put(SourceColumn.SAMPLE_KEY, "é");
    byte[] framed = {
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      12,
      's',
      'a',
      'm',
      'p',
      'l',
      'e',
      '_',
      'i',
      'n',
      'd',
      'e',
      'x',
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      8,
      2,
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      10,
      's',
      'a',
      'm',
      'p',
      'l',
      'e',
      '_',
      'k',
      'e',
      'y',
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      2,
      (byte) 0xc3,
      (byte) 0xa9
    };
    assertThat(row.sha256()).isEqualTo(CanonicalJson.sha256Hex(framed));
  }

  @Test
  void aChangedMeshIsRefused() throws IOException {
    Path output = folder.resolve("out");
    write(output, 1);
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
    write(output, 1);
    Path part = output.resolve("samples/part-00000.parquet");
    SourceRow row = SourceRowEncoder.encode(RolloutSourceReader.open(output).load(0));
    Files.delete(part);
    try (SampleFileWriter writer = new SampleFileWriter(part)) {
      writer.write(row);
      writer.write(row);
    }
    rewriteManifest(output, 2);
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
  void aCutSampleFileIsRefusedInWordsOfTheProduct() throws IOException {
    Path output = folder.resolve("out");
    write(output, 1);
    Path part = output.resolve("samples/part-00000.parquet");
    byte[] whole = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(whole, whole.length - 100));
    rewriteManifest(output, 1);
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
    write(output, 1);
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

  /** Makes the manifest agree with the sample file of a folder. */
  private static void rewriteManifest(Path output, long rows) throws IOException {
    RolloutSourceManifest old =
        RolloutSourceManifestParser.parse(
            Files.readAllBytes(output.resolve("manifest.json")), "manifest.json");
    List<RolloutSourceManifest.SourceFile> files = new ArrayList<>();
    for (RolloutSourceManifest.SourceFile file : old.files()) {
      files.add(
          file.isMesh()
              ? file
              : new RolloutSourceManifest.SourceFile(
                  file.path(), Files.size(output.resolve(file.path())), file.sha256(), rows));
    }
    TreeMap<String, Long> splits = new TreeMap<>(Map.of("train", rows));
    Files.write(
        output.resolve("manifest.json"),
        new RolloutSourceManifest(
                old.provenance(), rows, old.scenes(), old.frames(), old.points(), splits, files)
            .toJson());
  }

  @Test
  void otherVersionsAndFormatsAreRefused() throws IOException {
    Path output = folder.resolve("out");
    write(output, 1);
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
    write(output, 1);
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

  @Test
  void aTakenPlaceIsRefusedAndAnAbandonedSourceLeavesNothing() throws IOException {
    Path output = folder.resolve("out");
    Files.createDirectory(output);
    Files.writeString(output.resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> RolloutSourceWriter.create(output, SourceFixtures.PROVENANCE))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot write source: the place is taken (expected an absent or empty folder, output="
                + output
                + "); choose another one or remove it");
    Path other = folder.resolve("other");
    try (RolloutSourceWriter writer =
        RolloutSourceWriter.create(other, SourceFixtures.PROVENANCE)) {
      MeshReference mesh = writer.addMesh(SourceFixtures.tetrahedron(0));
      writer.addSample(SourceFixtures.sample(0, mesh, new SplittableRandom(SEED)));
    }
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries).containsExactly(output);
    }
  }

  @Test
  void samplesOutOfOrderOrRepeatedAreAMistakeOfTheCaller() {
    try (RolloutSourceWriter writer =
        RolloutSourceWriter.create(folder.resolve("out"), SourceFixtures.PROVENANCE)) {
      MeshReference mesh = writer.addMesh(SourceFixtures.tetrahedron(0));
      SplittableRandom random = new SplittableRandom(SEED);
      assertThatThrownBy(() -> writer.addSample(SourceFixtures.sample(1, mesh, random)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Invalid sample: sample_index (expected the next index, 0,");
      SourceSample sample = SourceFixtures.sample(0, mesh, random);
      writer.addSample(sample);
      SampleIdentity again =
          new SampleIdentity(
              1, "other::key", sample.identity().sceneId(), "snippet-0", "train", "", 0);
      assertThatThrownBy(
              () -> writer.addSample(new SourceSample(again, sample.actor(), sample.oracle())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Invalid sample: repeated sample (expected every key");
    }
  }

  @Test
  void aDescriptionCountsEverything() {
    Path output = folder.resolve("out");
    List<SourceSample> written = write(output, 7);
    RolloutSourceDescription description = RolloutSourceDescription.describe(output);
    assertThat(description.scenes()).hasSize(4);
    assertThat(description.scenes().stream().mapToLong(row -> row.samples()).sum()).isEqualTo(7);
    assertThat(description.manifest().frames())
        .isEqualTo(written.stream().mapToLong(each -> each.actor().trajectory().size()).sum())
        .isEqualTo(description.scenes().stream().mapToLong(row -> row.frames()).sum());
    long detections =
        written.stream()
            .flatMap(each -> each.actor().detected().stream())
            .mapToLong(table -> table.boxes().size())
            .sum();
    assertThat(description.classes().stream().mapToLong(row -> row.detectedBoxes()).sum())
        .isEqualTo(detections);
    assertThat(description.bytes()).isPositive();
  }
}
