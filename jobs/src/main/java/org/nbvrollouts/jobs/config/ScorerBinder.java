package org.nbvrollouts.jobs.config;

import org.nbvrollouts.pipeline.oracle.EvalPointCloudSource;
import org.nbvrollouts.pipeline.oracle.RewardMode;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;

/** Makes the oracle's configuration from {@code target_scorer}. */
final class ScorerBinder {
  private static final String SCORER = "target_scorer.";

  private final ConfigTable table;

  ScorerBinder(ConfigTable table) {
    this.table = table;
  }

  TargetScorerConfig scorer() {
    return new TargetScorerConfig(
        depth(),
        new TargetScorerConfig.OracleConfig(
            table.number(SCORER + "oracle.fusion_voxel_size_m"),
            table.optionalCount(SCORER + "oracle.fusion_max_points"),
            table.number(SCORER + "oracle.min_triangle_area_m2")),
        table.count(SCORER + "backprojection_stride"),
        table.number(SCORER + "target_crop_margin_m"),
        table.count(SCORER + "min_current_target_points"),
        table.flag(SCORER + "include_scene_rri"),
        EvalPointCloudSource.ofKey(table.text(SCORER + "eval_point_cloud_source")),
        table.text(SCORER + "eval_camera_label"),
        table.optionalNumber(SCORER + "eval_depth_far_m"),
        table.number(SCORER + "eval_fusion_voxel_size_m"),
        table.count(SCORER + "eval_fusion_max_points"),
        table.count(SCORER + "target_eval_max_points"),
        RewardMode.ofKey(table.text(SCORER + "reward_mode")));
  }

  private TargetScorerConfig.DepthConfig depth() {
    return new TargetScorerConfig.DepthConfig(
        table.number(SCORER + "depth.resolution_scale"),
        table.count(SCORER + "depth.max_candidates_final"),
        table.optionalCount(SCORER + "depth.output_width_px"),
        table.optionalCount(SCORER + "depth.output_height_px"),
        table.number(SCORER + "depth.renderer.znear"),
        table.number(SCORER + "depth.renderer.zfar"));
  }
}
