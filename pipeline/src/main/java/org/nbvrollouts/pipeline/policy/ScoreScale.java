package org.nbvrollouts.pipeline.policy;

import java.util.Arrays;

/**
 * Centre and spread that scores are measured in before the softmax (specification generation 7.4).
 * When the middle half of the scores is equal the spread is at its floor and any other score gets
 * an enormous logit; this is part of the definition.
 *
 * @param centre subtracted from a score
 * @param spread divides the difference
 */
record ScoreScale(double centre, double spread) {
  /** Leaves scores as they are. */
  static final ScoreScale IDENTITY = new ScoreScale(0, 1);

  /** Float32 machine epsilon. */
  private static final double LEAST_SPREAD = 0x1.0p-23;

  private static final int LEAST_COUNT_FOR_QUARTILES = 4;

  /** Lower median and interquartile range of the finite scores; standard deviation below four. */
  static ScoreScale robust(double[] scores) {
    double[] sorted = Arrays.stream(scores).filter(Double::isFinite).sorted().toArray();
    int count = sorted.length;
    if (count == 0) {
      return IDENTITY;
    }
    double spread =
        count < LEAST_COUNT_FOR_QUARTILES
            ? standardDeviation(sorted)
            : quantile(sorted, 0.75) - quantile(sorted, 0.25);
    return new ScoreScale(sorted[(count - 1) / 2], Math.max(spread, LEAST_SPREAD));
  }

  /** Logit of a finite score; always finite. */
  double apply(double score, double temperature) {
    double logit = (score - centre) / spread / temperature;
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, logit));
  }

  private static double quantile(double[] sorted, double fraction) {
    double position = (sorted.length - 1) * fraction;
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  private static double standardDeviation(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }
}
