package org.nbvrollouts.store.source.rollout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.parquet.io.LocalInputFile;
import org.nbvrollouts.store.damage.FuzzTarget;
import org.nbvrollouts.store.source.MeshReference;

/** Readers of rollout source v1. */
public final class RolloutSourceFuzzTargets {
  private RolloutSourceFuzzTargets() {}

  /**
   * The targets.
   *
   * @param folder for the files
   */
  public static List<FuzzTarget> all(Path folder) throws IOException {
    Path source = folder.resolve("source");
    try (RolloutSourceWriter writer =
        RolloutSourceWriter.create(source, SourceFixtures.PROVENANCE)) {
      MeshReference mesh = writer.addMesh(SourceFixtures.tetrahedron(1));
      SplittableRandom random = new SplittableRandom(3);
      for (int i = 0; i < 3; i++) {
        writer.addSample(SourceFixtures.sample(i, mesh, random.split()));
      }
      writer.finish();
    }
    Path samples;
    try (Stream<Path> files = Files.list(source.resolve("samples"))) {
      samples = files.findFirst().orElseThrow();
    }
    byte[] manifest = Files.readAllBytes(source.resolve("manifest.json"));
    Path mutated = folder.resolve("mutated.parquet");
    return List.of(
        new FuzzTarget(
            "source-manifest",
            List.of(manifest),
            input -> RolloutSourceManifestParser.parse(input, "f")),
        new FuzzTarget(
            "parquet",
            List.of(Files.readAllBytes(samples)),
            input -> {
              Files.write(mutated, input);
              SampleFileReader reader = SampleFileReader.open(new LocalInputFile(mutated), "f");
              for (int row = 0; row < Math.min(4, reader.rows()); row++) {
                reader.readIndex(row);
                RolloutSourceReader.load(reader, row);
              }
            }),
        new FuzzTarget(
            "parquet-undamaged-hash",
            List.of(Files.readAllBytes(samples)),
            input -> {
              Files.write(mutated, input);
              SampleFileReader reader = SampleFileReader.open(new LocalInputFile(mutated), "f");
              for (int row = 0; row < Math.min(4, reader.rows()); row++) {
                SourceRowDecoder.decode(reader.read(row), reader.place(row));
              }
            }));
  }
}
