package org.nbvrollouts.pipeline.rollout;

import java.util.Collections;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * How many children an expanded node gets (specification generation 7.2). Stochastic factors win
 * over the schedule, the schedule over the plain factor.
 *
 * @param branchFactor children per node
 * @param schedule children per step, the last entry repeated; empty for none
 * @param stochasticFactors counts to draw from, empty for none; excludes a schedule
 * @param stochasticProbabilities weight per stochastic factor, empty for uniform
 */
public record BranchingConfig(
    int branchFactor,
    List<Integer> schedule,
    List<Integer> stochasticFactors,
    List<Double> stochasticProbabilities) {

  public BranchingConfig {
    schedule = List.copyOf(schedule);
    stochasticFactors = List.copyOf(stochasticFactors);
    stochasticProbabilities = List.copyOf(stochasticProbabilities);
    ConfigCheck.atLeast("branch_factor", branchFactor, 1);
    schedule.forEach(factor -> ConfigCheck.atLeast("branch_factor_schedule", factor, 1));
    stochasticFactors.forEach(
        factor -> ConfigCheck.atLeast("stochastic_branch_factors", factor, 1));
    stochasticProbabilities.forEach(
        probability -> ConfigCheck.atLeast("stochastic_branch_probabilities", probability, 0));
    checkSchedule(schedule, stochasticFactors);
    checkProbabilities(stochasticFactors, stochasticProbabilities);
  }

  /** The same number of children at every node. */
  public static BranchingConfig constant(int branchFactor) {
    return new BranchingConfig(branchFactor, List.of(), List.of(), List.of());
  }

  /** Children of a node at depth {@code step}; takes one number when the count is drawn. */
  int countAt(int step, DoubleSupplier uniforms) {
    if (!stochasticFactors.isEmpty()) {
      return draw(uniforms.getAsDouble());
    }
    return mostAt(step);
  }

  /** Most children of a node at depth {@code step}. */
  public int mostAt(int step) {
    if (!stochasticFactors.isEmpty()) {
      return Collections.max(stochasticFactors);
    }
    return schedule.isEmpty() ? branchFactor : schedule.get(Math.min(step, schedule.size() - 1));
  }

  private int draw(double uniform) {
    double total = 0;
    for (int i = 0; i < stochasticFactors.size(); i++) {
      total += weight(i);
    }
    double threshold = uniform * total;
    double cumulative = 0;
    int chosen = -1;
    for (int i = 0; i < stochasticFactors.size() && !(threshold < cumulative); i++) {
      if (weight(i) > 0) {
        cumulative += weight(i);
        chosen = stochasticFactors.get(i);
      }
    }
    return chosen;
  }

  private double weight(int index) {
    return stochasticProbabilities.isEmpty() ? 1 : stochasticProbabilities.get(index);
  }

  /** Refuses a schedule where factors are drawn. */
  public static void checkSchedule(List<Integer> schedule, List<Integer> stochasticFactors) {
    if (!schedule.isEmpty() && !stochasticFactors.isEmpty()) {
      throw ConfigCheck.invalid(
          "branch_factor_schedule", schedule, "no schedule beside stochastic_branch_factors");
    }
  }

  /** Refuses weights that do not belong to the factors one by one or leave nothing to draw. */
  public static void checkProbabilities(List<Integer> factors, List<Double> probabilities) {
    double total = probabilities.stream().mapToDouble(Double::doubleValue).sum();
    boolean isUsable =
        probabilities.size() == factors.size() && total > 0 && !Double.isInfinite(total);
    if (!probabilities.isEmpty() && !isUsable) {
      throw ConfigCheck.invalid(
          "stochastic_branch_probabilities",
          probabilities,
          "one per stochastic branch factor with a positive sum");
    }
  }
}
