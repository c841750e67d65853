package org.nbvrollouts.pipeline.reference;

import java.util.List;

/**
 * Errors of a node and the gains that follow from them (specification generation 6.5).
 *
 * @param before error of the current points
 * @param currentSupport number of current points after crop and fusion
 * @param candidates one per candidate, in the order given
 */
public record ReferenceNode(
    ReferenceError before, int currentSupport, List<ReferenceCandidate> candidates) {
  private static final double LEAST_ERROR_M2 = 1e-12;

  public ReferenceNode {
    candidates = List.copyOf(candidates);
  }

  /** Error removed by a candidate in units of the error before it. */
  public double relativeGain(int candidate) {
    return removed(candidate) / Math.max(before.distance(), LEAST_ERROR_M2);
  }

  /** Error removed by a candidate in units of the error at the root of the trajectory, m². */
  public double rootGain(int candidate, double rootErrorM2) {
    return removed(candidate) / Math.max(rootErrorM2, LEAST_ERROR_M2);
  }

  /** Natural logarithm of the error before over the error after a candidate. */
  public double logErrorGain(int candidate) {
    double after = candidates.get(candidate).after().distance();
    return StrictMath.log(Math.max(before.distance(), LEAST_ERROR_M2))
        - StrictMath.log(Math.max(after, LEAST_ERROR_M2));
  }

  private double removed(int candidate) {
    return before.distance() - candidates.get(candidate).after().distance();
  }
}
