package org.nbvrollouts.store.rollout;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One retained chain.
 *
 * @param steps executed steps in order; empty if the root had nothing to select
 * @param terminatedEarly true if no valid candidate or nothing selectable ended the chain
 * @param cumulativeRri running sum of the scorer's {@code rri}
 */
public record RolloutTrajectory(
    List<RolloutStepRecord> steps, boolean terminatedEarly, OptionalDouble cumulativeRri) {

  public RolloutTrajectory {
    steps = List.copyOf(steps);
  }

  /**
   * Returns of this chain, from the metrics of its chosen views; NaN where they have none.
   *
   * @param gamma discount per step
   */
  public ChainReturns returns(double gamma) {
    return ChainReturns.of(
        steps.stream()
            .map(
                step ->
                    new ChainReturns.ChosenStep(
                        metric(step, "target_root_gain"),
                        metric(step, "target_pm_dist_before"),
                        metric(step, "target_pm_dist_after")))
            .toList(),
        gamma);
  }

  private static double metric(RolloutStepRecord step, String name) {
    return step.selectedMetrics().getOrDefault(name, Double.NaN);
  }
}
