package org.nbvrollouts.jobs.config;

import java.util.List;
import org.nbvrollouts.pipeline.config.ConfigCheck;

/** Rules between the keys of {@code target_scorer} (specification generation 8). */
final class ScorerKeyRules {
  private static final String DEPTH = "target_scorer.depth.";

  private final ConfigTable table;
  private final RuleChecker rules;

  ScorerKeyRules(ConfigTable table, RuleChecker rules) {
    this.table = table;
    this.rules = rules;
  }

  void check() {
    checkOutputSize();
    rules.checkOrder(
        table,
        RuleKey.of(table, DEPTH + "renderer.znear"),
        RuleKey.of(table, DEPTH + "renderer.zfar"),
        NumberOrder.RISING);
  }

  private void checkOutputSize() {
    RuleKey width = RuleKey.of(table, DEPTH + "output_width_px");
    RuleKey height = RuleKey.of(table, DEPTH + "output_height_px");
    rules.check(
        List.of(width, height),
        () -> {
          if ((width.value() == null) != (height.value() == null)) {
            boolean hasWidth = width.value() != null;
            RuleKey present = hasWidth ? width : height;
            RuleKey absent = hasWidth ? height : width;
            throw ConfigCheck.invalid(
                present.name(), present.value(), absent.name() + " beside it, or neither");
          }
        });
  }
}
