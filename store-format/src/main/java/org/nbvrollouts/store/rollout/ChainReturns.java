package org.nbvrollouts.store.rollout;

import java.util.List;

/**
 * Returns of one chain (specification generation 6.8). The sum of gains and the end-point gain are
 * different numbers: gains do not telescope exactly, because the points of a chosen view are joined
 * to the current ones for its label and fused with them for the next step, and because the
 * end-point gain has a floor of its own.
 *
 * @param discountedReturn sum of γ^t times the gain of step t over finite gains, NaN without any
 * @param endPointGain error removed from the root to the end over the error at the root, NaN
 *     without a step
 * @param endPointLogGain natural logarithm of the error at the root over that at the end, NaN
 *     without a step
 */
public record ChainReturns(double discountedReturn, double endPointGain, double endPointLogGain) {
  /** Added to errors that are divided by or taken the logarithm of, m². */
  private static final double ERROR_FLOOR_M2 = 1e-8;

  /**
   * What the chosen view of a step did.
   *
   * @param rootGain {@code target_root_gain}
   * @param errorBeforeM2 error of the target before the step, m²
   * @param errorAfterM2 error of the target with the chosen view, m²
   */
  public record ChosenStep(double rootGain, double errorBeforeM2, double errorAfterM2) {}

  /**
   * The returns of the steps of a chain, in their order.
   *
   * @param gamma discount per step
   */
  public static ChainReturns of(List<ChosenStep> steps, double gamma) {
    if (steps.isEmpty()) {
      return new ChainReturns(Double.NaN, Double.NaN, Double.NaN);
    }
    double sum = Double.NaN;
    double weight = 1;
    for (ChosenStep step : steps) {
      if (Double.isFinite(step.rootGain())) {
        sum = (Double.isNaN(sum) ? 0 : sum) + weight * step.rootGain();
      }
      weight *= gamma;
    }
    double root = steps.get(0).errorBeforeM2();
    double end = steps.get(steps.size() - 1).errorAfterM2();
    return new ChainReturns(
        sum,
        (root - end) / (root + ERROR_FLOOR_M2),
        StrictMath.log(root + ERROR_FLOOR_M2) - StrictMath.log(end + ERROR_FLOOR_M2));
  }
}
