package org.nbvrollouts.pipeline.target;

import java.util.OptionalDouble;

/**
 * How likely a target was to be taken when it was (specification generation 3.4).
 *
 * @param probability in [0, 1]
 * @param logProbability natural logarithm of the probability
 * @param entropy of the distribution it was drawn from, nats; empty where there was no draw by
 *     score
 */
public record TargetDraw(double probability, double logProbability, OptionalDouble entropy) {
  /** Least argument of a logarithm. */
  private static final double LEAST_PROBABILITY = 1e-12;

  /** What certainly comes next. */
  static final TargetDraw CERTAIN = new TargetDraw(1, 0, OptionalDouble.empty());

  /** One of several equally likely rows. */
  static TargetDraw uniform(double probability) {
    return new TargetDraw(probability, logarithm(probability), OptionalDouble.empty());
  }

  /**
   * Row {@code drawn} of a distribution.
   *
   * @param probabilities of all rows left; they sum to 1
   */
  static TargetDraw of(double[] probabilities, int drawn) {
    double entropy = 0;
    for (double p : probabilities) {
      entropy -= p * logarithm(p);
    }
    return new TargetDraw(
        probabilities[drawn], logarithm(probabilities[drawn]), OptionalDouble.of(entropy));
  }

  private static double logarithm(double probability) {
    return StrictMath.log(Math.max(probability, LEAST_PROBABILITY));
  }
}
