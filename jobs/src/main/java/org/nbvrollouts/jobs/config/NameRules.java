package org.nbvrollouts.jobs.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nbvrollouts.pipeline.config.ConfigCheck;

/** Every element of a list of tables has a name of its own. */
final class NameRules {
  private final ConfigTable table;
  private final RuleChecker rules;

  NameRules(ConfigTable table, RuleChecker rules) {
    this.table = table;
    this.rules = rules;
  }

  /**
   * Checks the names of a list.
   *
   * @param rule what one name must be like
   */
  void check(String listPath, Consumer<String> rule) {
    Map<String, RuleKey> firsts = new HashMap<>();
    for (ConfigTable element : table.tables(listPath)) {
      RuleKey name = RuleKey.of(listPath, element, "name");
      rules.check(List.of(name), () -> rule.accept((String) name.value()));
      rules.check(List.of(name), () -> requireFirst(name, firsts));
    }
  }

  private static void requireFirst(RuleKey name, Map<String, RuleKey> firsts) {
    RuleKey first = firsts.putIfAbsent((String) name.value(), name);
    if (first != null) {
      throw ConfigCheck.invalid(
          name.name(), name.value(), "a name of its own; line " + first.line() + " has it too");
    }
  }
}
