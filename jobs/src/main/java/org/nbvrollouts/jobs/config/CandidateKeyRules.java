package org.nbvrollouts.jobs.config;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.pipeline.config.ConfigCheck;

/** Rules between the keys of {@code candidate_mixture} (specification generation 4 and 8). */
final class CandidateKeyRules {
  private static final String BASE = "candidate_mixture.base.";
  private static final String MOST = "target_scorer.depth.max_candidates_final";

  private final ConfigTable table;
  private final RuleChecker rules;

  CandidateKeyRules(ConfigTable table, RuleChecker rules) {
    this.table = table;
    this.rules = rules;
  }

  void check() {
    checkCamera();
    InheritedKeys base = InheritedKeys.of(table, BASE);
    checkOrder(base);
    for (ConfigTable component : table.tables(CandidateKeys.COMPONENTS)) {
      checkOrder(base.overriddenBy(component, CandidateKeys.COMPONENTS + "[]."));
    }
    new NameRules(table, rules)
        .check(CandidateKeys.COMPONENTS, name -> ConfigCheck.notBlank("name", name));
    checkSize();
  }

  private void checkCamera() {
    RuleKey camera = RuleKey.of(table, BASE + "camera_label");
    rules.check(
        List.of(camera),
        () -> {
          if (!camera.value().equals("rgb")) {
            throw ConfigCheck.invalid(
                camera.name(),
                camera.value(),
                "rgb, the only camera that sources hold a calibration of");
          }
        });
  }

  private void checkOrder(InheritedKeys keys) {
    checkOrder(keys, "min_radius", "max_radius");
    checkOrder(keys, "min_elev_deg", "max_elev_deg");
  }

  private void checkOrder(InheritedKeys keys, String least, String most) {
    rules.checkOrder(keys.own(), keys.holder(least), keys.holder(most), NumberOrder.NOT_FALLING);
  }

  private void checkSize() {
    RuleKey most = RuleKey.of(table, MOST);
    List<RuleKey> keys = new ArrayList<>(List.of(most));
    for (ConfigTable component : table.tables(CandidateKeys.COMPONENTS)) {
      keys.add(RuleKey.of(CandidateKeys.COMPONENTS, component, "count"));
    }
    rules.check(
        keys,
        () -> {
          long size = keys.stream().skip(1).mapToLong(count -> (Long) count.value()).sum();
          if ((Long) most.value() < size) {
            throw ConfigCheck.invalid(
                most.name(),
                most.value(),
                "at least " + size + ", the candidates that the components count");
          }
        });
  }
}
