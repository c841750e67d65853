package org.nbvrollouts.pipeline.rollout;

import java.util.List;
import java.util.Optional;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.oracle.TargetOracle;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.oracle.TargetState;
import org.nbvrollouts.store.rollout.TargetEvalCrops;
import org.nbvrollouts.store.source.PointCloud;

/**
 * Keeps the points that the labels of a node are computed from, so that a reader can compute them
 * again (specification generation 7.6, store 4.9). World metres, rounded to float32.
 */
final class EvalCropRecorder {
  private final TargetScorerConfig config;

  EvalCropRecorder(TargetScorerConfig config) {
    this.config = config;
  }

  /**
   * The points of a node.
   *
   * @param clouds whole cloud per valid candidate
   */
  TargetEvalCrops record(TargetOracle oracle, TargetState state, List<PointBuffer> clouds) {
    return new TargetEvalCrops(
        Optional.of(rounded(state.points())),
        clouds.stream().map(cloud -> rounded(oracle.added(cloud))).toList(),
        TargetScorerConfig.TARGET_CROP_POLICY,
        config.evalFusionVoxelSizeMetres(),
        config.targetEvalMaxPoints());
  }

  private static PointCloud rounded(PointBuffer points) {
    float[] coordinates = new float[3 * points.size()];
    for (int i = 0; i < points.size(); i++) {
      coordinates[3 * i] = (float) points.x(i);
      coordinates[3 * i + 1] = (float) points.y(i);
      coordinates[3 * i + 2] = (float) points.z(i);
    }
    return PointCloud.of(coordinates);
  }
}
