package org.nbvrollouts.store.source.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.SourceSample;

/** Written sources and what lies in their files. */
final class WrittenSources {
  static final long SEED = 20260101;

  private WrittenSources() {}

  /** Writes a source of that many samples, ten of each mesh; returns the samples. */
  static List<SourceSample> write(Path output, int count) {
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

  /** The row groups of a sample file. */
  static List<BlockMetaData> blocks(Path file, int expected) throws IOException {
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

  /** Writes the only sample file of a source again, with some of its rows. */
  static void keepRows(Path output, long... indices) throws IOException {
    RolloutSourceReader reader = RolloutSourceReader.open(output);
    List<SourceRow> rows =
        Arrays.stream(indices).mapToObj(i -> SourceRowEncoder.encode(reader.load(i))).toList();
    Path part = output.resolve("samples/part-00000.parquet");
    Files.delete(part);
    try (SampleFileWriter writer = new SampleFileWriter(part)) {
      for (SourceRow row : rows) {
        writer.write(row);
      }
    }
    rewriteManifest(output, rows.size());
  }

  /** Makes the manifest agree with the sample file of a folder. */
  static void rewriteManifest(Path output, long rows) throws IOException {
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
}
