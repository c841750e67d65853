package org.nbvrollouts.pipeline.oracle;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * Configuration of the oracle (specification generation 8, table "Target scorer").
 *
 * @param depth renders that score candidates
 * @param oracle fusion of scored unions and the distance rule
 * @param backprojectionStride every how many rows and columns a pixel becomes a point
 * @param targetCropMarginMetres how far the target box is grown for crops
 * @param minCurrentTargetPoints fewer current points in the crop make a target unscorable
 * @param includeSceneRri compute the diagnostic scene metrics
 * @param evalPointCloudSource where the root cloud comes from
 * @param evalCameraLabel camera stream of the root cloud; only {@code rgb} is logged
 * @param evalDepthFarMetres far clip of the root cloud, the renderer's {@code zfar} when empty
 * @param evalFusionVoxelSizeMetres voxel of states and crops, 0 for no fusion
 * @param evalFusionMaxPoints cap of scene states
 * @param targetEvalMaxPoints cap of cropped clouds
 * @param rewardMode metric that drives selection
 */
public record TargetScorerConfig(
    DepthConfig depth,
    OracleConfig oracle,
    int backprojectionStride,
    double targetCropMarginMetres,
    int minCurrentTargetPoints,
    boolean includeSceneRri,
    EvalPointCloudSource evalPointCloudSource,
    String evalCameraLabel,
    OptionalDouble evalDepthFarMetres,
    double evalFusionVoxelSizeMetres,
    int evalFusionMaxPoints,
    int targetEvalMaxPoints,
    RewardMode rewardMode) {

  /** The only target crop policy. */
  public static final String TARGET_CROP_POLICY = "gt_obb_oriented_any_vertex_v1";

  /** The only scene crop policy. */
  public static final String SCENE_CROP_POLICY = "snippet_occupancy_extent_v1";

  private static final String RGB = "rgb";

  public TargetScorerConfig {
    ConfigCheck.atLeast("backprojection_stride", backprojectionStride, 1);
    ConfigCheck.atLeast("target_crop_margin_m", targetCropMarginMetres, 0);
    ConfigCheck.atLeast("min_current_target_points", minCurrentTargetPoints, 1);
    ConfigCheck.greaterThan("eval_depth_far_m", evalDepthFarMetres, 0);
    ConfigCheck.atLeast("eval_fusion_voxel_size_m", evalFusionVoxelSizeMetres, 0);
    ConfigCheck.atLeast("eval_fusion_max_points", evalFusionMaxPoints, 1);
    ConfigCheck.atLeast("target_eval_max_points", targetEvalMaxPoints, 1);
    if (!RGB.equals(evalCameraLabel)) {
      throw ConfigCheck.invalid("eval_camera_label", evalCameraLabel, RGB);
    }
  }

  /** The defaults of the specification, scene metrics included. */
  public static TargetScorerConfig defaults() {
    return new TargetScorerConfig(
        DepthConfig.defaults(),
        OracleConfig.defaults(),
        1,
        0,
        1,
        true,
        EvalPointCloudSource.AUTO,
        RGB,
        OptionalDouble.empty(),
        0.02,
        200_000,
        50_000,
        RewardMode.ROOT_NORMALIZED_GAIN);
  }

  /** Far clip of the root cloud, metres. */
  public double rootFarMetres() {
    return evalDepthFarMetres.orElse(depth.zfarMetres());
  }

  /**
   * Renders that score candidates.
   *
   * @param resolutionScale size relative to the calibration
   * @param maxCandidatesFinal most rows a node may render
   * @param outputWidthPixels exact width instead of the scale; both or neither
   * @param outputHeightPixels exact height instead of the scale
   * @param znearMetres near clip
   * @param zfarMetres farthest valid depth
   */
  public record DepthConfig(
      double resolutionScale,
      int maxCandidatesFinal,
      OptionalInt outputWidthPixels,
      OptionalInt outputHeightPixels,
      double znearMetres,
      double zfarMetres) {

    public DepthConfig {
      ConfigCheck.greaterThan("resolution_scale", resolutionScale, 0);
      ConfigCheck.atLeast("max_candidates_final", maxCandidatesFinal, 1);
      if (outputWidthPixels.isPresent() != outputHeightPixels.isPresent()) {
        throw ConfigCheck.invalid(
            "output_width_px, output_height_px", "only one of them", "both or neither");
      }
      outputWidthPixels.ifPresent(width -> ConfigCheck.atLeast("output_width_px", width, 1));
      outputHeightPixels.ifPresent(height -> ConfigCheck.atLeast("output_height_px", height, 1));
      ConfigCheck.greaterThan("znear", znearMetres, 0);
      ConfigCheck.greaterThan("zfar", zfarMetres, znearMetres);
    }

    /** The defaults of the specification. */
    public static DepthConfig defaults() {
      return new DepthConfig(0.5, 60, OptionalInt.empty(), OptionalInt.empty(), 0.001, 20);
    }
  }

  /**
   * Fusion of scored unions and the distance rule (specification generation 6.2, 6.5).
   *
   * @param fusionVoxelSizeMetres voxel of the current crop, 0 for no fusion
   * @param fusionMaxPoints cap of a scored union; when empty the union is cross-fused instead
   * @param minTriangleAreaM2 smaller triangles are measured to their edges, 0 for exact distances
   */
  public record OracleConfig(
      double fusionVoxelSizeMetres, OptionalInt fusionMaxPoints, double minTriangleAreaM2) {

    public OracleConfig {
      ConfigCheck.atLeast("fusion_voxel_size_m", fusionVoxelSizeMetres, 0);
      fusionMaxPoints.ifPresent(points -> ConfigCheck.atLeast("fusion_max_points", points, 1));
      ConfigCheck.atLeast("min_triangle_area_m2", minTriangleAreaM2, 0);
    }

    /** The defaults of the specification inside a target scorer. */
    public static OracleConfig defaults() {
      return new OracleConfig(0.02, OptionalInt.of(200_000), 0.005);
    }
  }
}
