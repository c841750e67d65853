package org.nbvrollouts.jobs.config;

import static org.nbvrollouts.jobs.config.ConfigKey.ignored;
import static org.nbvrollouts.jobs.config.ConfigKey.key;
import static org.nbvrollouts.jobs.config.ConfigKey.optional;
import static org.nbvrollouts.jobs.config.ConfigType.FLAG;
import static org.nbvrollouts.jobs.config.ConfigType.INTEGER;
import static org.nbvrollouts.jobs.config.ConfigType.NUMBER;
import static org.nbvrollouts.jobs.config.ConfigType.TEXT;
import static org.nbvrollouts.jobs.config.KeyRole.ORACLE;

import java.util.List;
import java.util.stream.Stream;
import org.nbvrollouts.pipeline.oracle.EvalPointCloudSource;
import org.nbvrollouts.pipeline.oracle.RewardMode;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;

/** Keys of {@code target_scorer} (specification generation 8, table "Target scorer"). */
final class ScorerKeys {
  private static final String SCORER = "target_scorer.";
  private static final String RENDERER = SCORER + "depth.renderer.";
  private static final ValueRange COUNT = ValueRange.atLeast(1);
  private static final ValueRange IMAGE_SIDE = ValueRange.between(1, 8192);
  private static final ValueRange POSITIVE = ValueRange.above(0);
  private static final ValueRange NOT_NEGATIVE = ValueRange.atLeast(0);

  private ScorerKeys() {}

  static List<ConfigKey> keys() {
    return Stream.of(rendering(), scoring(), rootCloud(), withoutMeaning())
        .flatMap(List::stream)
        .toList();
  }

  private static List<ConfigKey> rendering() {
    return List.of(
        key(
                ORACLE,
                SCORER + "depth.resolution_scale",
                NUMBER,
                0.5,
                "Size of scoring renders relative to the calibration")
            .in(new ValueRange(0, false, 16, List.of())),
        key(
                ORACLE,
                SCORER + "depth.max_candidates_final",
                INTEGER,
                60L,
                "Most candidates a node may render")
            .in(COUNT),
        optional(
                ORACLE,
                SCORER + "depth.output_width_px",
                INTEGER,
                null,
                "Exact width instead of the scale, pixels; with the height or not at all")
            .in(IMAGE_SIDE),
        optional(
                ORACLE,
                SCORER + "depth.output_height_px",
                INTEGER,
                null,
                "Exact height instead of the scale, pixels; with the width or not at all")
            .in(IMAGE_SIDE),
        key(ORACLE, RENDERER + "znear", NUMBER, 0.001, "Near clip, metres").in(POSITIVE),
        key(ORACLE, RENDERER + "zfar", NUMBER, 20.0, "Far clip, metres").in(POSITIVE));
  }

  private static List<ConfigKey> scoring() {
    return List.of(
        key(
                ORACLE,
                SCORER + "oracle.fusion_voxel_size_m",
                NUMBER,
                0.02,
                "Voxel of the current crop, metres; 0 for no fusion")
            .in(NOT_NEGATIVE),
        optional(
                ORACLE,
                SCORER + "oracle.fusion_max_points",
                INTEGER,
                200_000L,
                "Cap of a scored union; without one the union is fused again")
            .in(COUNT),
        key(
                ORACLE,
                SCORER + "oracle.min_triangle_area_m2",
                NUMBER,
                0.005,
                "Smaller triangles are measured to their edges, square metres; 0 for exact distances")
            .in(NOT_NEGATIVE),
        key(
                ORACLE,
                SCORER + "backprojection_stride",
                INTEGER,
                1L,
                "Every how many rows and columns a pixel becomes a point")
            .in(COUNT),
        key(
                ORACLE,
                SCORER + "target_crop_margin_m",
                NUMBER,
                0.0,
                "How far target boxes are grown for crops, metres")
            .in(NOT_NEGATIVE),
        key(
                ORACLE,
                SCORER + "min_current_target_points",
                INTEGER,
                1L,
                "Fewer current points in the crop make a target unscorable")
            .in(COUNT),
        key(
                ORACLE,
                SCORER + "target_eval_max_points",
                INTEGER,
                50_000L,
                "Cap of cropped clouds, points")
            .in(COUNT),
        key(ORACLE, SCORER + "include_scene_rri", FLAG, true, "Compute the scene metrics as well"),
        key(
                ORACLE,
                SCORER + "reward_mode",
                TEXT,
                "root_normalized_gain",
                "Metric that drives selection")
            .in(ValueRange.oneOf(RewardMode.values(), RewardMode::key)),
        key(
                ORACLE,
                SCORER + "target_crop_policy",
                TEXT,
                TargetScorerConfig.TARGET_CROP_POLICY,
                "How a target is cut out of the mesh")
            .in(ValueRange.oneOf(TargetScorerConfig.TARGET_CROP_POLICY)),
        key(
                ORACLE,
                SCORER + "scene_crop_policy",
                TEXT,
                TargetScorerConfig.SCENE_CROP_POLICY,
                "How the scene metrics bound the mesh")
            .in(ValueRange.oneOf(TargetScorerConfig.SCENE_CROP_POLICY)));
  }

  private static List<ConfigKey> rootCloud() {
    return List.of(
        key(
                ORACLE,
                SCORER + "eval_point_cloud_source",
                TEXT,
                "auto",
                "Reconstruction at the root: the stored cloud if the row has one, else rendered")
            .in(ValueRange.oneOf(EvalPointCloudSource.values(), EvalPointCloudSource::key)),
        key(ORACLE, SCORER + "eval_camera_label", TEXT, "rgb", "Camera of the root cloud")
            .in(ValueRange.oneOf("rgb")),
        optional(
                ORACLE,
                SCORER + "eval_depth_far_m",
                NUMBER,
                null,
                "Far clip of the root cloud, metres; zfar if absent")
            .in(POSITIVE),
        key(
                ORACLE,
                SCORER + "eval_fusion_voxel_size_m",
                NUMBER,
                0.02,
                "Voxel of states and crops, metres; 0 for no fusion")
            .in(NOT_NEGATIVE),
        key(
                ORACLE,
                SCORER + "eval_fusion_max_points",
                INTEGER,
                200_000L,
                "Cap of scene states, points")
            .in(COUNT));
  }

  private static List<ConfigKey> withoutMeaning() {
    String noGpu = "rendering runs on the CPU, ray by ray";
    return List.of(
        ignored(RENDERER + "cull_backfaces", "both sides of a triangle are solid"),
        ignored(RENDERER + "blur_radius", noGpu),
        ignored(RENDERER + "bin_size", noGpu),
        ignored(RENDERER + "max_faces_per_bin", noGpu),
        ignored(RENDERER + "max_views_per_batch", noGpu),
        ignored(RENDERER + "dtype", noGpu),
        ignored(RENDERER + "device", noGpu),
        ignored(SCORER + "depth.device", noGpu),
        ignored(SCORER + "oracle.device", noGpu),
        ignored(SCORER + "device", noGpu));
  }
}
