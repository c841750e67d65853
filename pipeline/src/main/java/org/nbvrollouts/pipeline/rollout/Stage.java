package org.nbvrollouts.pipeline.rollout;

/** Parts of generation that are timed apart. */
public enum Stage {
  TARGETS,
  ROOT_CLOUD,
  /** Sampling and rules. */
  CANDIDATES,
  RENDER,
  TARGET_SCORE,
  SCENE_SCORE,
  SELECTION,
  SELECTED_DEPTH
}
