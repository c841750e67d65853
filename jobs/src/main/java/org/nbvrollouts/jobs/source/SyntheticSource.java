package org.nbvrollouts.jobs.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.pipeline.scene.SyntheticScene;
import org.nbvrollouts.pipeline.scene.SyntheticSceneConfig;
import org.nbvrollouts.pipeline.scene.SyntheticSceneGenerator;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.SceneSplit;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.rollout.RolloutSourceWriter;
import org.nbvrollouts.store.source.rollout.SourceProvenance;

/** Writes generated homes as a rollout source: the same configuration gives the same bytes. */
public final class SyntheticSource {
  private static final String ORIGIN = "synthetic";

  private final SyntheticSceneConfig config;

  public SyntheticSource(SyntheticSceneConfig config) {
    this.config = config;
  }

  /**
   * What was written.
   *
   * @param manifestHash hash of the source
   * @param scenes number of homes
   * @param samples number of source rows
   * @param triangles of all meshes
   */
  public record Written(String manifestHash, int scenes, long samples, long triangles) {}

  /**
   * Splits of homes.
   *
   * @param valScenes homes in {@code val}
   * @param testScenes homes in {@code test}
   */
  public record Splits(int valScenes, int testScenes) {}

  /**
   * Writes the source.
   *
   * @param output absent or empty folder
   * @param note told about every finished scene
   * @throws RefusedInputException if the folder holds something
   */
  public Written write(Path output, Splits splits, Consumer<String> note) {
    SyntheticSceneGenerator generator = new SyntheticSceneGenerator(config);
    SortedMap<String, String> splitOfScene = splitOfScene(splits);
    long samples = 0;
    long triangles = 0;
    try (RolloutSourceWriter writer = RolloutSourceWriter.create(output, provenance())) {
      for (int number = 0; number < config.scenes(); number++) {
        SyntheticScene scene = generator.scene(number);
        MeshReference mesh = writer.addMesh(scene.mesh());
        List<SourceSample> rows =
            generator.samples(scene, mesh, samples, splitOfScene.get(scene.sceneId()));
        rows.forEach(writer::addSample);
        samples += rows.size();
        triangles += mesh.faceCount();
        note.accept(
            String.format(
                Locale.ROOT,
                "%s: %s, %s",
                scene.sceneId(),
                Count.of(mesh.faceCount(), "triangle"),
                Count.of(rows.size(), "row")));
      }
      return new Written(writer.finish(), config.scenes(), samples, triangles);
    }
  }

  private SortedMap<String, String> splitOfScene(Splits splits) {
    List<String> ids =
        IntStream.range(0, config.scenes()).mapToObj(SyntheticSceneGenerator::sceneId).toList();
    try {
      return SceneSplit.assign(ids, splits.valScenes(), splits.testScenes());
    } catch (IllegalArgumentException e) {
      throw new RefusedInputException(e.getMessage(), e);
    }
  }

  private SourceProvenance provenance() {
    return new SourceProvenance(
        ORIGIN,
        SceneSplit.POLICY,
        Map.of(
            "seed", Long.toString(config.seed()),
            "scenes", Integer.toString(config.scenes()),
            "snippets_per_scene", Integer.toString(config.snippetsPerScene()),
            "poses_per_snippet", Integer.toString(config.posesPerSnippet()),
            "points_per_snippet", Integer.toString(config.pointsPerSnippet()),
            "min_triangles", Integer.toString(config.minTriangles()),
            "max_triangles", Integer.toString(config.maxTriangles())));
  }
}
