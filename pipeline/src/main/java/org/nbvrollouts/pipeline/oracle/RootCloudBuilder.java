package org.nbvrollouts.pipeline.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.RayCaster;
import org.nbvrollouts.pipeline.render.RayDistanceRenderer;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.RootCloud;
import org.nbvrollouts.store.source.SourceSample;

/**
 * The reconstruction with which rollouts start (specification generation 6.1). Points are fused
 * without a cap.
 */
public final class RootCloudBuilder {
  private final TargetScorerConfig config;
  private final VoxelFusion fusion;

  public RootCloudBuilder(TargetScorerConfig config, VoxelFusion fusion) {
    this.config = config;
    this.fusion = fusion;
  }

  /**
   * The root cloud of a sample, possibly without a point; empty if the configuration asks for a
   * stored cloud and the sample has none.
   *
   * @param mesh true mesh, for clouds that are rendered
   * @param frames poses of the trajectory that a rendered cloud may use, counted from the first
   * @throws RefusedInputException if the stored cloud was made with another stride, far clip or
   *     voxel than the configuration's
   */
  public Optional<RootEvaluationCloud> build(SourceSample sample, Bvh mesh, int frames) {
    Optional<RootCloud> stored = sample.oracle().rootCloud();
    return switch (config.evalPointCloudSource()) {
      case AUTO ->
          Optional.of(
              stored
                  .map(cloud -> stored(sample, cloud))
                  .orElseGet(() -> rendered(sample, mesh, frames)));
      case ASE_GT_DEPTH_ROOT -> stored.map(cloud -> stored(sample, cloud));
      case RENDERED_LOGGED_DEPTH_ROOT -> Optional.of(rendered(sample, mesh, frames));
      case LEGACY_SEMIDENSE_ROOT ->
          Optional.of(
              fused(
                  EvalPointCloudSource.LEGACY_SEMIDENSE_ROOT.key(),
                  copy(sample.actor().points().pointsWorld())));
    };
  }

  private RootEvaluationCloud stored(SourceSample sample, RootCloud cloud) {
    boolean isSame =
        cloud.stride() == config.backprojectionStride()
            && isSame(cloud.farMetres(), config.rootFarMetres())
            && isSame(cloud.voxelSizeMetres(), config.evalFusionVoxelSizeMetres());
    if (!isSame) {
      throw new RefusedInputException(
          "Cannot use stored root cloud: it was made with other settings (sample="
              + sample.identity().sampleKey()
              + ", expected stride="
              + config.backprojectionStride()
              + ", far="
              + config.rootFarMetres()
              + ", voxel="
              + config.evalFusionVoxelSizeMetres()
              + ", actual stride="
              + cloud.stride()
              + ", far="
              + cloud.farMetres()
              + ", voxel="
              + cloud.voxelSizeMetres()
              + "); set eval_point_cloud_source to "
              + EvalPointCloudSource.RENDERED_LOGGED_DEPTH_ROOT.key()
              + " or match the settings");
    }
    return fused(cloud.source(), copy(cloud.pointsWorld()));
  }

  /** Files hold float32, configurations double. */
  private static boolean isSame(double stored, double configured) {
    return (float) stored == (float) configured;
  }

  private RootEvaluationCloud rendered(SourceSample sample, Bvh mesh, int frames) {
    List<Pose12> poses = sample.actor().trajectory().worldFromRig();
    List<CameraCalibration> calibrations = sample.actor().calibrations();
    RayCaster caster = new RayCaster(mesh);
    PointBuffer points = new PointBuffer(1 << 16);
    RayDistanceRenderer renderer = null;
    for (int frame = 0; frame < frames; frame++) {
      boolean isNewCamera =
          frame == 0
              || !Arrays.equals(
                  calibrations.get(frame).toFloats(), calibrations.get(frame - 1).toFloats());
      if (isNewCamera) {
        renderer =
            new RayDistanceRenderer(
                calibrations.get(frame), config.backprojectionStride(), config.rootFarMetres());
      }
      renderer.castPoints(poses.get(frame), caster, points);
    }
    return fused(EvalPointCloudSource.RENDERED_LOGGED_DEPTH_ROOT.key(), points);
  }

  private RootEvaluationCloud fused(String source, PointBuffer points) {
    return new RootEvaluationCloud(
        source, fusion.fuse(points, config.evalFusionVoxelSizeMetres(), VoxelFusion.NO_CAP));
  }

  private static PointBuffer copy(PointCloud cloud) {
    PointBuffer points = new PointBuffer(cloud.size());
    for (int i = 0; i < cloud.size(); i++) {
      points.add(cloud.x(i), cloud.y(i), cloud.z(i));
    }
    return points;
  }
}
