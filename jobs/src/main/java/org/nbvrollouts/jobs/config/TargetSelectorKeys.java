package org.nbvrollouts.jobs.config;

import static org.nbvrollouts.jobs.config.ConfigType.FLAG;
import static org.nbvrollouts.jobs.config.ConfigType.INTEGER;
import static org.nbvrollouts.jobs.config.ConfigType.NUMBER;
import static org.nbvrollouts.jobs.config.ConfigType.TEXT;

import java.util.List;
import java.util.stream.Stream;
import org.nbvrollouts.pipeline.target.TargetChoicePolicy;
import org.nbvrollouts.pipeline.target.TargetSourceMode;

/**
 * Keys of the actor-visible selector, apart from how evidence is counted (specification generation
 * 3.2 to 3.5 and 8).
 */
final class TargetSelectorKeys {
  private static final ValueRange NOT_NEGATIVE = ValueRange.atLeast(0);
  private static final ValueRange COUNT = ValueRange.atLeast(1);
  private static final ValueRange SHARE = ValueRange.between(0, 1);

  private TargetSelectorKeys() {}

  static List<ConfigKey> keys() {
    return Stream.of(choice(), eligibility(), match()).flatMap(List::stream).toList();
  }

  private static ConfigKey selector(String name, ConfigType type, Object fallback, String meaning) {
    return ConfigKey.key(KeyRole.TARGET, TargetKeys.SELECTOR + name, type, fallback, meaning);
  }

  private static List<ConfigKey> choice() {
    return List.of(
        selector(
                "source_mode",
                TEXT,
                "v1_actor_visible",
                "Which boxes may become targets: detected ones, or ground truth as if detected, to"
                    + " check everything behind the detector (needs"
                    + " store.target_protocol_version = v0_gt_input)")
            .in(ValueRange.oneOf(TargetSourceMode.values(), TargetSourceMode::key)),
        selector("k", INTEGER, 3L, "Most targets per source row").in(COUNT),
        selector(
                "policy",
                TEXT,
                "greedy_top_k",
                "Take the best rows, or draw them without replacement by a softmax of the scores")
            .in(ValueRange.oneOf(TargetChoicePolicy.values(), TargetChoicePolicy::key)),
        selector("temperature", NUMBER, 1.0, "Temperature of that softmax, in units of the score")
            .in(ValueRange.above(0)),
        selector("seed", INTEGER, 0L, "Seed of that draw").in(NOT_NEGATIVE));
  }

  private static List<ConfigKey> eligibility() {
    return List.of(
        selector("min_confidence", NUMBER, 0.2, "Least detector confidence").in(SHARE),
        selector(
            "require_projected_visibility",
            FLAG,
            false,
            "Turn down boxes that no camera shows; sources made from scene bundles have no"
                + " projected boxes"),
        selector(
                "min_projected_area_pixels",
                NUMBER,
                16.0,
                "Least projected area, square pixels; asked only with"
                    + " require_projected_visibility")
            .in(NOT_NEGATIVE),
        selector(
                "projected_area_full_score_fraction",
                NUMBER,
                0.05,
                "Share of the image from which visibility scores 1")
            .in(ValueRange.above(0)),
        selector(
                "missing_projection_visibility_score",
                NUMBER,
                0.35,
                "Visibility score of a box that no camera shows")
            .in(SHARE),
        selector(
                "min_support_points",
                INTEGER,
                3L,
                "Least effective support, points plus weighted voxels")
            .in(COUNT),
        selector(
                "support_saturation_points",
                INTEGER,
                128L,
                "Effective support from which nothing is missing and the score is 0; more than"
                    + " min_support_points")
            .in(COUNT));
  }

  private static List<ConfigKey> match() {
    return List.of(
        selector(
            "match_gt",
            FLAG,
            true,
            "Match selected boxes to ground truth; without a match a target has no label, and"
                + " require_label_valid must be false"),
        selector("min_gt_iou", NUMBER, 0.1, "Least overlap of a match").in(SHARE),
        selector("min_gt_match_score", NUMBER, 0.05, "Least score of a match").in(SHARE),
        selector("gt_iou_samples", INTEGER, 8L, "Samples per axis of the overlap estimate")
            .in(ValueRange.between(1, 64)),
        selector(
                "gt_ambiguity_margin",
                NUMBER,
                0.02,
                "Lead that the best match must have over the second")
            .in(SHARE));
  }
}
