package org.nbvrollouts.pipeline.oracle;

import java.util.OptionalInt;
import org.nbvrollouts.pipeline.geometry.PointBuffer;

/** The union of current and candidate points, and its error (specification generation 6.5). */
final class UnionScorer {
  private final double voxelMetres;
  private final OptionalInt maxPoints;
  private final VoxelFusion fusion;

  UnionScorer(TargetScorerConfig.OracleConfig config, VoxelFusion fusion) {
    this.voxelMetres = config.fusionVoxelSizeMetres();
    this.maxPoints = config.fusionMaxPoints();
    this.fusion = fusion;
  }

  /** The current cloud as the union takes it. */
  PointBuffer current(PointBuffer points) {
    return fusion.fuse(points, voxelMetres, maxPoints.orElse(VoxelFusion.NO_CAP));
  }

  /** Error after adding a candidate's points. A candidate without points changes nothing. */
  PointMeshError errorAfter(MeshEvaluator mesh, EvaluatedCloud current, PointBuffer candidate) {
    if (candidate.isEmpty()) {
      return current.error();
    }
    if (maxPoints.isEmpty()) {
      PointBuffer both = new PointBuffer(current.points().size() + candidate.size());
      both.addAll(current.points());
      both.addAll(candidate);
      return mesh.evaluate(fusion.fuse(both, voxelMetres, VoxelFusion.NO_CAP)).error();
    }
    int cap = maxPoints.getAsInt();
    if ((long) current.points().size() + candidate.size() <= cap) {
      return current.errorWith(candidate);
    }
    return mesh.evaluate(VoxelFusion.balancedUnion(current.points(), candidate, cap)).error();
  }
}
