package org.nbvrollouts.jobs.config;

import static org.nbvrollouts.jobs.config.ConfigKey.ignored;
import static org.nbvrollouts.jobs.config.ConfigKey.key;
import static org.nbvrollouts.jobs.config.ConfigType.INTEGER;
import static org.nbvrollouts.jobs.config.ConfigType.NUMBER;
import static org.nbvrollouts.jobs.config.ConfigType.TEXT;
import static org.nbvrollouts.jobs.config.KeyRole.TARGET;

import java.util.List;
import java.util.stream.Stream;

/** Keys that decide which objects become targets (specification generation 3 and 8). */
final class TargetKeys {
  private static final String SAMPLER = "oracle_target_task_sampler.";
  private static final String SELECTOR = "target_selector.";
  private static final ValueRange NOT_NEGATIVE = ValueRange.atLeast(0);
  private static final ValueRange COUNT = ValueRange.atLeast(1);
  private static final ValueRange SHARE = ValueRange.between(0, 1);

  private static final List<String> SELECTOR_NAMES =
      List.of(
          "k",
          "policy",
          "source_mode",
          "seed",
          "temperature",
          "min_confidence",
          "min_projected_area_pixels",
          "require_projected_visibility",
          "projected_area_normalizer_pixels",
          "image_width",
          "image_height",
          "projected_area_full_score_fraction",
          "missing_projection_visibility_score",
          "min_support_points",
          "support_saturation_points",
          "evl_support_weight",
          "obb_support_scale",
          "max_support_points",
          "match_gt",
          "min_gt_iou",
          "min_gt_match_score",
          "gt_iou_samples",
          "gt_ambiguity_margin");

  private TargetKeys() {}

  static List<ConfigKey> keys() {
    return Stream.of(sampler(), evidence(), selector()).flatMap(List::stream).toList();
  }

  private static List<ConfigKey> sampler() {
    return List.of(
        key(
                TARGET,
                "target_source",
                TEXT,
                "oracle_target_task_sampler",
                "Where targets come from: ground-truth boxes that can be told apart")
            .in(ValueRange.oneOf("oracle_target_task_sampler")),
        key(
                TARGET,
                SAMPLER + "max_targets_per_sample",
                INTEGER,
                3L,
                "Most targets drawn per source row")
            .in(COUNT),
        key(TARGET, SAMPLER + "seed", INTEGER, 0L, "Seed of the draw").in(NOT_NEGATIVE),
        key(
                TARGET,
                SAMPLER + "min_identity_iou",
                NUMBER,
                0.25,
                "Overlap a box must have with its own best match")
            .in(SHARE),
        key(
                TARGET,
                SAMPLER + "identity_ambiguity_gap",
                NUMBER,
                0.05,
                "Lead of the best match over the second")
            .in(SHARE),
        key(
                TARGET,
                SAMPLER + "identity_iou_samples",
                INTEGER,
                8L,
                "Samples per axis of the overlap estimate")
            .in(ValueRange.between(1, 64)));
  }

  private static List<ConfigKey> evidence() {
    return List.of(
        key(
                TARGET,
                SAMPLER + "image_width",
                INTEGER,
                240L,
                "Width that projected boxes are clipped to, pixels")
            .in(COUNT),
        key(
                TARGET,
                SAMPLER + "image_height",
                INTEGER,
                240L,
                "Height that projected boxes are clipped to, pixels")
            .in(COUNT),
        key(
                TARGET,
                SAMPLER + "projected_area_normalizer_pixels",
                NUMBER,
                57600.0,
                "Projected area that counts as the whole image, square pixels")
            .in(ValueRange.above(0)),
        key(
                TARGET,
                SAMPLER + "evl_support_weight",
                NUMBER,
                1.0,
                "Weight of an occupied voxel against a point, as stored for audit")
            .in(NOT_NEGATIVE),
        key(
                TARGET,
                SAMPLER + "obb_support_scale",
                NUMBER,
                1.0,
                "Scale of a box when its support is counted")
            .in(ValueRange.above(0)),
        key(TARGET, SAMPLER + "max_support_points", INTEGER, 20_000L, "Points counted at most")
            .in(COUNT));
  }

  private static List<ConfigKey> selector() {
    return SELECTOR_NAMES.stream()
        .map(name -> ignored(SELECTOR + name, "targets come from oracle_target_task_sampler"))
        .toList();
  }
}
