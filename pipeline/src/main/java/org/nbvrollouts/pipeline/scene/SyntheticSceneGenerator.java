package org.nbvrollouts.pipeline.scene;

import java.util.List;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.SourceSample;

/**
 * Generates furnished homes (design D-15 d). A scene is a pure function of configuration and scene
 * number. Stateless between calls and thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class SyntheticSceneGenerator {
  private final SyntheticSceneConfig config;

  public SyntheticSceneGenerator(SyntheticSceneConfig config) {
    this.config = config;
  }

  public SyntheticSceneConfig config() {
    return config;
  }

  /**
   * Generates one home.
   *
   * @param number 0 … scenes − 1
   */
  public SyntheticScene scene(int number) {
    throw new UnsupportedOperationException("Cannot generate scene " + number);
  }

  /**
   * Cuts the walk of a scene into samples: one per snippet, in walk order, with indices ascending
   * from {@code firstSampleIndex}. Boxes are in snippet frame and are those that the snippet sees.
   * There is no stored root cloud. The source shard id is empty, which leaves it to the writer.
   *
   * @param mesh reference of the stored mesh of the scene
   * @param split {@code train}, {@code val} or {@code test}
   */
  public List<SourceSample> samples(
      SyntheticScene scene, MeshReference mesh, long firstSampleIndex, String split) {
    throw new UnsupportedOperationException("Cannot cut scene " + scene.sceneId());
  }
}
