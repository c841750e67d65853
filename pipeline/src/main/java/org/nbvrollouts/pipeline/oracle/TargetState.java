package org.nbvrollouts.pipeline.oracle;

import org.nbvrollouts.pipeline.geometry.PointBuffer;

/**
 * What is known of a target at a node: the unfused points that can matter to it, in history order,
 * and the fused points in its crop with their error. Neither changes afterwards.
 */
public final class TargetState {
  private final PointBuffer rawPoints;
  private final EvaluatedCloud current;

  TargetState(PointBuffer rawPoints, EvaluatedCloud current) {
    this.rawPoints = rawPoints;
    this.current = current;
  }

  PointBuffer rawPoints() {
    return rawPoints;
  }

  EvaluatedCloud current() {
    return current;
  }

  /** Error of the current points. */
  public PointMeshError error() {
    return current.error();
  }

  /** The current points after crop and fusion, world metres; not to be changed. */
  public PointBuffer points() {
    return current.points();
  }

  /** Number of unfused points that can matter to the crop. */
  public int rawSupport() {
    return rawPoints.size();
  }

  /** Number of current points. */
  public int support() {
    return current.points().size();
  }
}
