package org.nbvrollouts.jobs.config;

import static org.nbvrollouts.jobs.config.ConfigKey.key;
import static org.nbvrollouts.jobs.config.ConfigKey.optional;
import static org.nbvrollouts.jobs.config.ConfigType.INTEGER;
import static org.nbvrollouts.jobs.config.ConfigType.NUMBER;
import static org.nbvrollouts.jobs.config.ConfigType.TEXT;
import static org.nbvrollouts.jobs.config.KeyRole.TARGET;

import java.util.List;
import java.util.stream.Stream;
import org.nbvrollouts.pipeline.target.ActorVisibleTargetSelector;
import org.nbvrollouts.pipeline.target.OracleSamplingPolicy;
import org.nbvrollouts.pipeline.target.OracleTargetTaskSampler;

/**
 * Keys that decide which objects become targets (specification generation 3 and 8). Two tables
 * describe the two sources of targets, and {@code target_source} names the one in use; the other
 * changes nothing and enters no hash.
 */
final class TargetKeys {
  static final String SOURCE = "target_source";
  static final String SAMPLER = OracleTargetTaskSampler.NAME + ".";
  static final String SELECTOR = "target_selector.";

  private static final ValueRange NOT_NEGATIVE = ValueRange.atLeast(0);
  private static final ValueRange COUNT = ValueRange.atLeast(1);
  private static final ValueRange SHARE = ValueRange.between(0, 1);

  private TargetKeys() {}

  static List<ConfigKey> keys() {
    return Stream.of(
            source(), sampler(), evidence(SAMPLER), TargetSelectorKeys.keys(), evidence(SELECTOR))
        .flatMap(List::stream)
        .toList();
  }

  /** True if a key lies in the table of the target source that is not in use. */
  static boolean isUnused(ConfigKey key, ConfigTable root) {
    String unused = isSelector(root) ? SAMPLER : SELECTOR;
    return key.path().startsWith(unused);
  }

  static boolean isSelector(ConfigTable root) {
    return root.text(SOURCE).equals(ActorVisibleTargetSelector.NAME);
  }

  private static List<ConfigKey> source() {
    return List.of(
        key(
                TARGET,
                SOURCE,
                TEXT,
                OracleTargetTaskSampler.NAME,
                "Where targets come from: ground-truth boxes that can be told apart, or detected"
                    + " boxes with enough evidence; the table of the other source changes nothing")
            .in(ValueRange.oneOf(OracleTargetTaskSampler.NAME, ActorVisibleTargetSelector.NAME)));
  }

  private static List<ConfigKey> sampler() {
    return List.of(
        key(
                TARGET,
                SAMPLER + "policy",
                TEXT,
                "oracle_identity_valid_uniform",
                "Which ground-truth boxes take part in the draw: those that can be told apart, or"
                    + " all with valid geometry")
            .in(ValueRange.oneOf(OracleSamplingPolicy.values(), OracleSamplingPolicy::key)),
        optional(
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

  /** How evidence is counted; both sources store it, only the selector acts on it. */
  private static List<ConfigKey> evidence(String table) {
    return List.of(
        key(
                TARGET,
                table + "image_width",
                INTEGER,
                240L,
                "Width that projected boxes are clipped to, pixels")
            .in(COUNT),
        key(
                TARGET,
                table + "image_height",
                INTEGER,
                240L,
                "Height that projected boxes are clipped to, pixels")
            .in(COUNT),
        key(
                TARGET,
                table + "projected_area_normalizer_pixels",
                NUMBER,
                57600.0,
                "Projected area that counts as the whole image, square pixels")
            .in(ValueRange.above(0)),
        key(
                TARGET,
                table + "evl_support_weight",
                NUMBER,
                1.0,
                "Weight of an observed voxel against a point")
            .in(NOT_NEGATIVE),
        key(
                TARGET,
                table + "obb_support_scale",
                NUMBER,
                1.0,
                "Scale of a box about its object origin when its support is counted")
            .in(ValueRange.above(0)),
        key(
                TARGET,
                table + "max_support_points",
                INTEGER,
                20_000L,
                "Points and observed voxels counted at most, each in source order")
            .in(COUNT));
  }
}
