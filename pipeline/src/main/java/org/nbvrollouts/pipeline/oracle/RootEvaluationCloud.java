package org.nbvrollouts.pipeline.oracle;

import org.nbvrollouts.pipeline.geometry.PointBuffer;

/** The reconstruction at the root of a row, world metres, and the procedure it came from. */
public final class RootEvaluationCloud {
  private final String source;
  private final PointBuffer pointsWorld;

  RootEvaluationCloud(String source, PointBuffer pointsWorld) {
    this.source = source;
    this.pointsWorld = pointsWorld;
  }

  public String source() {
    return source;
  }

  /** Fused points; not to be modified. */
  public PointBuffer pointsWorld() {
    return pointsWorld;
  }
}
