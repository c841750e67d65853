package org.nbvrollouts.store.source.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.SourceSample;

final class TestRolloutSource {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() {
    long seed = 20260101;
    SplittableRandom random = new SplittableRandom(seed);
    List<SourceSample> written = new ArrayList<>();
    Path output = folder.resolve("out");
    String hash;
    try (RolloutSourceWriter writer =
        RolloutSourceWriter.create(output, SourceFixtures.PROVENANCE)) {
      for (int i = 0; i < 70; i++) {
        MeshReference mesh = writer.addMesh(SourceFixtures.tetrahedron(i / 10));
        SourceSample sample = SourceFixtures.sample(i, mesh, random);
        written.add(new SourceSample(writer.addSample(sample), sample.actor(), sample.oracle()));
      }
      hash = writer.finish();
    }
    RolloutSourceReader reader = RolloutSourceReader.open(output);
    assertThat(reader.sourceManifestHash()).isEqualTo(hash);
    assertThat(reader.identities())
        .isEqualTo(written.stream().map(SourceSample::identity).toList());
    for (SourceSample sample : written) {
      assertThat(SourceRowEncoder.encode(reader.load(sample.identity().sampleIndex())).sha256())
          .as("seed %d", seed)
          .isEqualTo(SourceRowEncoder.encode(sample).sha256());
    }
  }
}
