package org.nbvrollouts.pipeline.oracle;

/** Why a target has no label at a node (specification generation 6.7). */
public enum TargetFailure {
  /** The target has no matched true box. */
  TARGET_GT_UNMATCHED,
  /** No face of the mesh has a vertex in the target's box. */
  TARGET_CROP_EMPTY,
  /** The reconstruction has too few points in the target's box. */
  TARGET_SUPPORT_TOO_LOW
}
