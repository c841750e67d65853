package org.nbvrollouts.jobs.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.pipeline.config.RefusedValueException;

/**
 * Checks rules between keys, each on its own, so that no mistake hides another one. A key that was
 * refused takes part in no further rule: one mistake is told once.
 */
final class RuleChecker {
  private final ConfigProblems problems;
  private final Set<RuleKey> refused = new HashSet<>();

  RuleChecker(ConfigProblems problems) {
    this.problems = problems;
  }

  /** False if the file has a value for the key that was refused. */
  boolean isSound(RuleKey key) {
    return key.isSound() && !refused.contains(key);
  }

  /**
   * Checks a rule unless one of its keys was refused. What the rule throws is told with the line of
   * the key that it names or, where that key has a default, of the first of the others written.
   *
   * @param keys every key that the rule depends on
   * @param rule throws {@link RefusedValueException} naming one of the keys
   */
  void check(List<RuleKey> keys, Runnable rule) {
    if (!keys.stream().allMatch(this::isSound)) {
      return;
    }
    try {
      rule.run();
    } catch (RefusedValueException failure) {
      tell(keys, failure);
    }
  }

  /**
   * Checks that one number stays below or at another. Blames the key that is written last, and a
   * key of {@code own} before one that it inherits; says nothing if both are inherited.
   */
  void checkOrder(ConfigTable own, RuleKey least, RuleKey most, NumberOrder order) {
    boolean isLeastOwn = least.table() == own;
    boolean isMostOwn = most.table() == own;
    if (!isLeastOwn && !isMostOwn) {
      return;
    }
    boolean isMostBlamed = isMostOwn && (!isLeastOwn || most.line() >= least.line());
    RuleKey blamed = isMostBlamed ? most : least;
    RuleKey other = isMostBlamed ? least : most;
    check(
        List.of(blamed, other),
        () -> {
          if (!order.holds((Number) least.value(), (Number) most.value())) {
            String bound = isMostBlamed ? order.above() : order.below();
            throw ConfigCheck.invalid(
                blamed.name(),
                blamed.value(),
                bound + " " + other.name() + ", which is " + other.value());
          }
        });
  }

  private void tell(List<RuleKey> keys, RefusedValueException failure) {
    RuleKey blamed =
        keys.stream()
            .filter(key -> key.name().equals(failure.key()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Rule without its key", failure));
    int line =
        blamed.isWritten()
            ? blamed.line()
            : keys.stream()
                .filter(RuleKey::isWritten)
                .findFirst()
                .map(RuleKey::line)
                .orElse(ConfigProblems.NO_LINE);
    refused.add(blamed);
    problems.invalid(blamed.path(), failure.value(), failure.expected(), line);
  }
}
