package org.nbvrollouts.jobs.config;

import org.nbvrollouts.pipeline.target.OracleTargetSamplerConfig;
import org.nbvrollouts.pipeline.target.TargetEvidenceConfig;

/** Makes the target sampler's configuration from {@code oracle_target_task_sampler}. */
final class TargetBinder {
  private static final String SAMPLER = "oracle_target_task_sampler.";

  private final ConfigTable table;

  TargetBinder(ConfigTable table) {
    this.table = table;
  }

  OracleTargetSamplerConfig sampler() {
    return new OracleTargetSamplerConfig(
        table.count(SAMPLER + "max_targets_per_sample"),
        table.integer(SAMPLER + "seed"),
        table.number(SAMPLER + "min_identity_iou"),
        table.number(SAMPLER + "identity_ambiguity_gap"),
        table.count(SAMPLER + "identity_iou_samples"),
        new TargetEvidenceConfig(
            table.count(SAMPLER + "image_width"),
            table.count(SAMPLER + "image_height"),
            table.number(SAMPLER + "projected_area_normalizer_pixels"),
            table.number(SAMPLER + "evl_support_weight"),
            table.number(SAMPLER + "obb_support_scale"),
            table.count(SAMPLER + "max_support_points")));
  }
}
