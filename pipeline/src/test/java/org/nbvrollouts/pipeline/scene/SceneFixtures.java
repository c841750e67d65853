package org.nbvrollouts.pipeline.scene;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.SourceSample;

/** Generated homes that several tests look at, each generated once per JVM. */
final class SceneFixtures {
  static final long SEED = 7;
  static final int SCENES = 4;
  static final SyntheticSceneGenerator GENERATOR =
      new SyntheticSceneGenerator(SyntheticSceneConfig.of(SCENES, SEED));
  static final MeshReference MESH = new MeshReference("0".repeat(64), 3, 1);

  private static final Map<Integer, SyntheticScene> CACHE = new ConcurrentHashMap<>();

  private SceneFixtures() {}

  static SyntheticScene scene(int number) {
    return CACHE.computeIfAbsent(number, GENERATOR::scene);
  }

  static List<SourceSample> samples(int number) {
    return GENERATOR.samples(scene(number), MESH, 100, "train");
  }
}
