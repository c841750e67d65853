package org.nbvrollouts.jobs.replay;

import java.nio.file.Path;
import java.util.Map;
import org.nbvrollouts.pipeline.rollout.RoomFixture;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.OracleEvidence;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.rollout.RolloutSourceWriter;
import org.nbvrollouts.store.source.rollout.SourceProvenance;

/** A room of few faces as a rollout source of one row. */
public final class RoomSource {
  private static final double CELL_METRES = 1;

  private RoomSource() {}

  /** Writes the source. */
  public static Path write(Path folder) {
    SourceSample sample = RoomFixture.sample();
    try (RolloutSourceWriter writer =
        RolloutSourceWriter.create(folder, new SourceProvenance("synthetic", "test", Map.of()))) {
      MeshReference mesh = writer.addMesh(RoomFixture.mesh(CELL_METRES));
      SampleIdentity identity = sample.identity();
      writer.addSample(
          new SourceSample(
              new SampleIdentity(
                  0,
                  identity.sampleKey(),
                  identity.sceneId(),
                  identity.snippetId(),
                  "train",
                  "",
                  0),
              sample.actor(),
              new OracleEvidence(
                  sample.oracle().groundTruth(), sample.oracle().rootCloud(), mesh)));
      writer.finish();
    }
    return folder;
  }
}
