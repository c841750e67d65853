package org.nbvrollouts.pipeline.policy;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * Chooses rows from the scores of the valid candidates of a node (specification generation 7.3 and
 * 7.4). Immutable.
 */
public interface SelectionPolicy {

  /**
   * Chooses up to {@code branchCount} different rows.
   *
   * @param scores one per valid candidate in shell order; rows whose score is not finite are never
   *     chosen. Not modified.
   * @param branchCount rows wanted, at least 1
   * @param uniforms numbers in [0, 1); one is taken per row by policies that sample, none by others
   * @return the rows in the order of choice, fewer than wanted when finite scores run out; empty if
   *     there are none
   */
  List<SelectionDraw> select(double[] scores, int branchCount, DoubleSupplier uniforms);

  /** Name in configuration and in the store. */
  String name();

  /**
   * The policy of a configuration name.
   *
   * @param name random, random_valid, oracle_greedy or temperature_softmax
   * @param temperature used by temperature_softmax alone, greater than 0
   * @param logits how temperature_softmax turns scores into logits
   */
  static SelectionPolicy of(String name, double temperature, LogitScaling logits) {
    return switch (name) {
      case RandomPolicy.RANDOM, RandomPolicy.RANDOM_VALID -> new RandomPolicy(name);
      case GreedyPolicy.NAME -> new GreedyPolicy();
      case SoftmaxPolicy.NAME -> new SoftmaxPolicy(temperature, logits);
      default ->
          throw ConfigCheck.invalid(
              "selection_policy",
              name,
              "random, random_valid, oracle_greedy or temperature_softmax");
    };
  }
}
