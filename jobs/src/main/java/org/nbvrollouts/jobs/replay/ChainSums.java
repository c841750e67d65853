package org.nbvrollouts.jobs.replay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.nbvrollouts.pipeline.reference.ReferenceNode;

/** Running sums of what a chain gained, NaN before anything is known (store 4.8). */
final class ChainSums {
  private static final String TARGET_RRI = "cumulative_target_rri";
  private static final String SCENE_RRI = "cumulative_scene_rri";
  private static final String TARGET_GAIN = "cumulative_target_root_gain";
  private static final String SCENE_GAIN = "cumulative_scene_root_gain";

  private final Map<String, Double> sums = new LinkedHashMap<>();

  ChainSums() {
    sums.put(TARGET_RRI, Double.NaN);
    sums.put(SCENE_RRI, Double.NaN);
    sums.put(TARGET_GAIN, Double.NaN);
    sums.put(SCENE_GAIN, Double.NaN);
  }

  void addTarget(ReferenceNode errors, int candidate, double rootErrorM2) {
    add(TARGET_RRI, errors.relativeGain(candidate));
    add(TARGET_GAIN, errors.rootGain(candidate, rootErrorM2));
  }

  void addScene(ReferenceNode errors, int candidate, double rootErrorM2) {
    add(SCENE_RRI, errors.relativeGain(candidate));
    add(SCENE_GAIN, errors.rootGain(candidate, rootErrorM2));
  }

  /** Gives every column with its sum. */
  void forEach(BiConsumer<String, Double> action) {
    sums.forEach(action);
  }

  private void add(String column, double value) {
    if (Double.isFinite(value)) {
      sums.merge(column, value, (sum, more) -> Double.isNaN(sum) ? more : sum + more);
    }
  }
}
