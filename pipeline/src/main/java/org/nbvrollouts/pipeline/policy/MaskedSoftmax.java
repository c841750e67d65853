package org.nbvrollouts.pipeline.policy;

import org.nbvrollouts.store.rollout.SelectionDistribution;
import org.nbvrollouts.store.source.DoubleColumn;

/**
 * Softmax over the rows with a finite logit, in fixed order and with {@link StrictMath}
 * (specification generation 7.4).
 */
final class MaskedSoftmax {
  /** Smallest normal float32, below which log-probabilities are not told apart. */
  private static final double LEAST_PROBABILITY = Float.MIN_NORMAL;

  private final double[] logits;
  private final double[] probabilities;
  private final double[] logProbabilities;
  private final double total;
  private final double entropy;

  /**
   * Builds the distribution.
   *
   * @param logits −Infinity marks rows that cannot be chosen; at least one is finite
   */
  MaskedSoftmax(double[] logits) {
    int count = logits.length;
    this.logits = logits.clone();
    probabilities = new double[count];
    logProbabilities = new double[count];
    double greatest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      greatest = Math.max(greatest, logit);
    }
    double weightSum = 0;
    for (int i = 0; i < count; i++) {
      probabilities[i] =
          logits[i] == Double.NEGATIVE_INFINITY ? 0 : StrictMath.exp(logits[i] - greatest);
      weightSum += probabilities[i];
    }
    double sum = 0;
    double nats = 0;
    for (int i = 0; i < count; i++) {
      if (logits[i] == Double.NEGATIVE_INFINITY) {
        logProbabilities[i] = Double.NEGATIVE_INFINITY;
        continue;
      }
      double p = probabilities[i] / weightSum;
      probabilities[i] = p;
      logProbabilities[i] = StrictMath.log(Math.max(p, LEAST_PROBABILITY));
      sum += p;
      nats -= p * logProbabilities[i];
    }
    total = sum;
    entropy = nats;
  }

  /** The smallest row whose cumulative probability exceeds {@code uniform} times the total. */
  int draw(double uniform) {
    double threshold = uniform * total;
    double cumulative = 0;
    int last = -1;
    for (int i = 0; i < probabilities.length; i++) {
      if (probabilities[i] > 0) {
        cumulative += probabilities[i];
        last = i;
        if (threshold < cumulative) {
          break;
        }
      }
    }
    return last;
  }

  /** Entropy, nats. */
  double entropy() {
    return entropy;
  }

  /** The distribution as records keep it. */
  SelectionDistribution distribution() {
    return new SelectionDistribution(
        DoubleColumn.of(logits), DoubleColumn.of(probabilities), DoubleColumn.of(logProbabilities));
  }
}
