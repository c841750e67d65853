package org.nbvrollouts.pipeline.rollout;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * Depth images kept for selected views (specification generation 8).
 *
 * @param enabled render and keep one image per retained step
 * @param chunkSteps images per chunk of the store
 */
public record SelectedDepthRetentionConfig(
    boolean enabled, int widthPixels, int heightPixels, int chunkSteps) {

  public SelectedDepthRetentionConfig {
    ConfigCheck.atLeast("width_px", widthPixels, 1);
    ConfigCheck.atLeast("height_px", heightPixels, 1);
    ConfigCheck.atLeast("chunk_steps", chunkSteps, 1);
  }

  /** The defaults of the specification: on, 240 × 240. */
  public static SelectedDepthRetentionConfig defaults() {
    return new SelectedDepthRetentionConfig(true, 240, 240, 16);
  }
}
