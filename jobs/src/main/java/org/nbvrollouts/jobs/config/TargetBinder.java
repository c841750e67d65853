package org.nbvrollouts.jobs.config;

import org.nbvrollouts.pipeline.target.GroundTruthMatchConfig;
import org.nbvrollouts.pipeline.target.OracleSamplingPolicy;
import org.nbvrollouts.pipeline.target.OracleTargetSamplerConfig;
import org.nbvrollouts.pipeline.target.TargetChoiceConfig;
import org.nbvrollouts.pipeline.target.TargetChoicePolicy;
import org.nbvrollouts.pipeline.target.TargetEligibilityConfig;
import org.nbvrollouts.pipeline.target.TargetEvidenceConfig;
import org.nbvrollouts.pipeline.target.TargetSelectorConfig;
import org.nbvrollouts.pipeline.target.TargetSourceConfig;
import org.nbvrollouts.pipeline.target.TargetSourceMode;

/** Makes the configuration of the target source that {@code target_source} names. */
final class TargetBinder {
  private static final String SAMPLER = TargetKeys.SAMPLER;
  private static final String SELECTOR = TargetKeys.SELECTOR;

  private final ConfigTable table;

  TargetBinder(ConfigTable table) {
    this.table = table;
  }

  TargetSourceConfig source() {
    return TargetKeys.isSelector(table) ? selector() : sampler();
  }

  private OracleTargetSamplerConfig sampler() {
    return new OracleTargetSamplerConfig(
        OracleSamplingPolicy.ofKey(table.text(SAMPLER + "policy")),
        table.optionalCount(SAMPLER + "max_targets_per_sample"),
        table.integer(SAMPLER + "seed"),
        table.number(SAMPLER + "min_identity_iou"),
        table.number(SAMPLER + "identity_ambiguity_gap"),
        table.count(SAMPLER + "identity_iou_samples"),
        evidence(SAMPLER));
  }

  private TargetSelectorConfig selector() {
    return new TargetSelectorConfig(
        TargetSourceMode.ofKey(table.text(SELECTOR + "source_mode")),
        new TargetChoiceConfig(
            table.count(SELECTOR + "k"),
            TargetChoicePolicy.ofKey(table.text(SELECTOR + "policy")),
            table.integer(SELECTOR + "seed"),
            table.number(SELECTOR + "temperature")),
        new TargetEligibilityConfig(
            table.number(SELECTOR + "min_confidence"),
            table.number(SELECTOR + "min_projected_area_pixels"),
            table.flag(SELECTOR + "require_projected_visibility"),
            table.number(SELECTOR + "projected_area_full_score_fraction"),
            table.number(SELECTOR + "missing_projection_visibility_score"),
            table.count(SELECTOR + "min_support_points"),
            table.count(SELECTOR + "support_saturation_points")),
        evidence(SELECTOR),
        new GroundTruthMatchConfig(
            table.flag(SELECTOR + "match_gt"),
            table.number(SELECTOR + "min_gt_iou"),
            table.number(SELECTOR + "min_gt_match_score"),
            table.count(SELECTOR + "gt_iou_samples"),
            table.number(SELECTOR + "gt_ambiguity_margin")));
  }

  private TargetEvidenceConfig evidence(String prefix) {
    return new TargetEvidenceConfig(
        table.count(prefix + "image_width"),
        table.count(prefix + "image_height"),
        table.number(prefix + "projected_area_normalizer_pixels"),
        table.number(prefix + "evl_support_weight"),
        table.number(prefix + "obb_support_scale"),
        table.count(prefix + "max_support_points"));
  }
}
