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
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
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
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() {
    Path output = folder.resolve("out");
    List<SourceSample> written = WrittenSources.write(output, 70);
    RolloutSourceReader reader = RolloutSourceReader.open(output);
    assertThat(reader.identities())
        .isEqualTo(written.stream().map(SourceSample::identity).toList());
    assertThat(reader.identities().get(69).sourceShardId()).isEqualTo("part-00001");
    assertThat(reader.identities().get(69).sourceShardRow()).isEqualTo(5);
    for (SourceSample sample : written) {
      SourceSample read = reader.load(sample.identity().sampleIndex());
      assertThat(SourceRowEncoder.encode(read).sha256())
          .as("seed %d", WrittenSources.SEED)
          .isEqualTo(SourceRowEncoder.encode(sample).sha256());
      assertThat(read.actor().points().inverseDistanceStd())
          .isEqualTo(sample.actor().points().inverseDistanceStd());
      assertThat(read.actor().trajectory()).isEqualTo(sample.actor().trajectory());
      assertThat(read.actor().occupancyExtent()).isEqualTo(sample.actor().occupancyExtent());
    }
    assertThat(RolloutSourceCheck.check(output).problems()).isEmpty();
  }

  @Test
  void rowsAreThoseOfTheReader() {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 130);
    RolloutSourceReader reader = RolloutSourceReader.open(output);
    try (RolloutSourceRows rows = RolloutSourceRows.open(output)) {
      assertThat(rows).containsExactlyElementsOf(reader.identities());
      assertThat(rows.size()).isEqualTo(130);
      assertThat(rows.sourceManifestHash()).isEqualTo(reader.sourceManifestHash());
      assertThat(rows.manifest()).isEqualTo(reader.manifest());
    }
    assertThat(RolloutSourceReader.findSourceManifestHash(output))
        .isEqualTo(reader.sourceManifestHash());
  }

  @Test
  void equalSamplesGiveEqualBytes() throws IOException {
    WrittenSources.write(folder.resolve("a"), 5);
    WrittenSources.write(folder.resolve("b"), 5);
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
    WrittenSources.write(folder.resolve("out"), 3);
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
    WrittenSources.write(folder.resolve("out"), 5);
    for (BlockMetaData block :
        WrittenSources.blocks(folder.resolve("out/samples/part-00000.parquet"), 5)) {
      assertThat(block.getRowCount()).isOne();
      assertThat(block.getColumns())
          .allMatch(column -> column.getCodec() == CompressionCodecName.ZSTD);
    }
  }

  @Test
  void loadingASampleReadsItsRowGroupOnly() throws IOException {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 6);
    TreeMap<Long, Long> reads = new TreeMap<>();
    RolloutSourceReader reader =
        RolloutSourceReader.open(
            output, path -> new CountingInputFile(new LocalInputFile(path), reads));
    reads.clear();
    reader.load(3);
    BlockMetaData block =
        WrittenSources.blocks(output.resolve("samples/part-00000.parquet"), 6).get(3);
    long start = block.getStartingPos();
    assertThat(reads.firstKey()).isGreaterThanOrEqualTo(start);
    assertThat(reads.lastKey() + reads.lastEntry().getValue())
        .isLessThanOrEqualTo(start + block.getCompressedSize());
    long headers = SamplePages.USUAL_HEADER_BYTES * (long) block.getColumns().size();
    assertThat(reads.values().stream().mapToLong(Long::longValue).sum())
        .isBetween(block.getCompressedSize(), block.getCompressedSize() + headers);
  }

  @Test
  void theRowHashDependsOnEveryText() {
    SourceRow row =
        SourceRowEncoder.encode(
            SourceFixtures.sample(
                0,
                new MeshReference("0".repeat(64), 4, 4),
                new SplittableRandom(WrittenSources.SEED)));
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
    byte[] framed =
        ByteBuffer.allocate(8 + 12 + 8 + 8 + 8 + 10 + 8 + 2)
            .putLong(12)
            .put("sample_index".getBytes(StandardCharsets.US_ASCII))
            .putLong(8)
            .putLong(Long.reverseBytes(258))
            .putLong(10)
            .put("sample_key".getBytes(StandardCharsets.US_ASCII))
            .putLong(2)
            .put(new byte[] {(byte) 0xc3, (byte) 0xa9})
            .array();
    assertThat(row.sha256()).isEqualTo(CanonicalJson.sha256Hex(framed));
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
      writer.addSample(SourceFixtures.sample(0, mesh, new SplittableRandom(WrittenSources.SEED)));
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
      SplittableRandom random = new SplittableRandom(WrittenSources.SEED);
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
    List<SourceSample> written = WrittenSources.write(output, 7);
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
