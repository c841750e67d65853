package org.nbvrollouts.jobs.config;

import java.util.List;
import org.nbvrollouts.pipeline.rollout.RolloutGenerationConfig;
import org.nbvrollouts.pipeline.target.TargetSelectorConfig;
import org.nbvrollouts.pipeline.target.TargetSourceMode;

/**
 * Rules between the keys of the actor-visible selector and what stores and recipes ask of its
 * targets (specification generation 3). They hold where {@code target_source} names it.
 */
final class TargetKeyRules {
  private final ConfigTable table;
  private final RuleChecker rules;
  private final RuleKey source;

  TargetKeyRules(ConfigTable table, RuleChecker rules) {
    this.table = table;
    this.rules = rules;
    this.source = RuleKey.of(table, TargetKeys.SOURCE);
  }

  void check() {
    if (!rules.isSound(source) || !TargetKeys.isSelector(table)) {
      return;
    }
    rules.checkOrder(
        table,
        selector("min_support_points"),
        selector("support_saturation_points"),
        NumberOrder.RISING);
    checkProjectedArea();
    checkProtocol();
    checkLabels();
  }

  private void checkProjectedArea() {
    RuleKey area = selector("min_projected_area_pixels");
    RuleKey asked = selector("require_projected_visibility");
    RuleKey width = selector("image_width");
    RuleKey height = selector("image_height");
    rules.check(
        List.of(area, width, height, asked),
        () -> {
          if (table.flag(asked.localPath())) {
            TargetSelectorConfig.checkProjectedArea(
                table.number(area.localPath()),
                table.count(width.localPath()),
                table.count(height.localPath()));
          }
        });
  }

  private void checkProtocol() {
    RuleKey protocol = RuleKey.of(table, "store.target_protocol_version");
    RuleKey mode = selector("source_mode");
    rules.check(
        List.of(protocol, mode, source),
        () ->
            TargetSourceMode.ofKey(table.text(mode.localPath()))
                .checkProtocol(table.text(protocol.localPath())));
  }

  private void checkLabels() {
    RuleKey required = RuleKey.of(table, "require_label_valid");
    RuleKey match = selector("match_gt");
    rules.check(
        List.of(required, match, source),
        () -> {
          if (table.flag(required.localPath()) && !table.flag(match.localPath())) {
            throw RolloutGenerationConfig.unlabelled();
          }
        });
  }

  private RuleKey selector(String name) {
    return RuleKey.of(table, TargetKeys.SELECTOR + name);
  }
}
