package org.nbvrollouts.jobs.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.nbvrollouts.pipeline.scene.MeshRefiner;
import org.nbvrollouts.pipeline.scene.SyntheticScene;
import org.nbvrollouts.pipeline.scene.SyntheticSceneConfig;
import org.nbvrollouts.pipeline.scene.SyntheticSceneGenerator;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.rollout.RolloutSourceReader;
import org.nbvrollouts.store.source.rollout.RolloutSourceWriter;
import org.nbvrollouts.store.source.rollout.SourceProvenance;

/**
 * The source of a benchmark: always the same furnished home and walk, its mesh refined to the
 * wanted number of faces. All resolutions have the same surface, objects and poses.
 */
final class BenchmarkScene {
  private static final long SEED = 8;

  /** The home of this seed is small enough for about {@link BenchmarkPoint#LEAST_FACES}. */
  private static final int MOST_PLAIN_TRIANGLES = 21_700;

  private static final String ORIGIN = "synthetic-benchmark";
  private static final String SPLIT = "train";

  private final int wantedFaces;
  private final int rows;

  BenchmarkScene(int wantedFaces, int rows) {
    this.wantedFaces = wantedFaces;
    this.rows = rows;
  }

  /** Name of the folder, which says what is in it. */
  String folderName() {
    return "scene-" + wantedFaces + "-faces-" + rows + "-rows";
  }

  /** Whether the source stands in a folder; refused if another one does. */
  boolean isIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    SourceProvenance found = RolloutSourceReader.open(folder).manifest().provenance();
    if (!found.equals(provenance())) {
      throw new RefusedInputException(
          "Cannot use benchmark scene: another source stands there (expected="
              + provenance().facts()
              + ", found="
              + found.facts()
              + ", folder="
              + folder
              + "). Remove it or choose another --out");
    }
    return true;
  }

  /** Generates and writes the source into a new folder. */
  void write(Path folder) {
    SyntheticSceneConfig config =
        SyntheticSceneConfig.of(1, SEED)
            .withSnippetsPerScene(rows)
            .withTriangles(SyntheticSceneConfig.LEAST_TRIANGLES, MOST_PLAIN_TRIANGLES);
    SyntheticSceneGenerator generator = new SyntheticSceneGenerator(config);
    SyntheticScene scene = generator.scene(0);
    try (RolloutSourceWriter writer = RolloutSourceWriter.create(folder, provenance())) {
      MeshReference mesh = writer.addMesh(MeshRefiner.refine(scene.mesh(), wantedFaces));
      generator.samples(scene, mesh, 0, SPLIT).forEach(writer::addSample);
      writer.finish();
    }
  }

  private SourceProvenance provenance() {
    return new SourceProvenance(
        ORIGIN,
        SPLIT,
        Map.of(
            "seed", Long.toString(SEED),
            "most_plain_triangles", Integer.toString(MOST_PLAIN_TRIANGLES),
            "wanted_faces", Integer.toString(wantedFaces),
            "rows", Integer.toString(rows)));
  }
}
