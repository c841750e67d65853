package org.nbvrollouts.pipeline.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * Chooses among the valid candidates of a node (specification generation 7.3 to 7.5). Immutable.
 *
 * <p>Every candidate has its label whatever the policy, so that stores of all policies serve the
 * same training. The two policies that go by distance ignore the labels, apart from rows whose
 * label is not finite.
 */
public interface SelectionPolicy {

  /**
   * Chooses up to {@code branchCount} different rows.
   *
   * <p>Guards restrict what can be chosen. Policies that sample draw from all rows that are left
   * when guards admit none of them. Greedy policies skip what guards keep out and choose fewer
   * rows, but never none for this reason: if guards keep out every row, the best one is chosen.
   *
   * @param branchCount rows wanted, at least 1
   * @param uniforms numbers in [0, 1); one is taken per row by policies that sample, none by others
   * @return the rows in the order of choice, fewer than wanted when finite scores run out; empty if
   *     there are none
   */
  List<SelectionDraw> select(SelectionInput node, int branchCount, DoubleSupplier uniforms);

  /** Name in configuration and in the store. */
  String name();

  /** Name of the score this policy goes by, or empty if it goes by the labels. */
  default Optional<String> ownScore() {
    return Optional.empty();
  }

  /**
   * The policy of a configuration name.
   *
   * @param name one of {@link #names}
   * @param temperature used by temperature_softmax alone, greater than 0
   * @param logits how temperature_softmax turns scores into logits
   * @param guards what choices keep away from
   */
  static SelectionPolicy of(
      String name, double temperature, LogitScaling logits, SiblingGuards guards) {
    ConfigCheck.oneOf("selection_policy", names(), name);
    for (GreedyScore score : GreedyScore.values()) {
      if (score.policyName().equals(name)) {
        return new GreedyPolicy(score, guards);
      }
    }
    return switch (name) {
      case RandomPolicy.RANDOM, RandomPolicy.RANDOM_VALID -> new RandomPolicy(name, guards);
      case SoftmaxPolicy.NAME -> new SoftmaxPolicy(temperature, logits, guards);
      default -> throw new IllegalStateException("Policy listed and not made: " + name);
    };
  }

  /** Every name in configuration files. */
  static List<String> names() {
    return Stream.concat(
            Stream.of(GreedyScore.values()).map(GreedyScore::policyName),
            Stream.of(RandomPolicy.RANDOM_VALID, RandomPolicy.RANDOM, SoftmaxPolicy.NAME))
        .toList();
  }
}
