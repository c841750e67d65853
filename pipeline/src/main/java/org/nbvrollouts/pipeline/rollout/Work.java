package org.nbvrollouts.pipeline.rollout;

/** What generation does, counted per image or cloud, never per ray or point. */
public enum Work {
  /** Distinct nodes expanded; recipes share equal nodes. */
  NODES,
  /** Candidates drawn at these nodes. */
  CANDIDATES,
  /** Candidates that passed every rule and were rendered and scored. */
  VALID_CANDIDATES,
  /** Primary rays: views of candidates and kept depth images. Root clouds are not counted. */
  RAYS,
  /**
   * Distances of a point to the nearest face: every point that a candidate adds, for the target and
   * for the scene. Distances of faces to points are searched by whole subtrees and not counted.
   */
  POINT_DISTANCES
}
