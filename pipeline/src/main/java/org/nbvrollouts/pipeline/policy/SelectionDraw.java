package org.nbvrollouts.pipeline.policy;

import org.nbvrollouts.store.rollout.SelectionDistribution;

/**
 * One choice and the distribution it was made from, after the removal of earlier choices and of
 * what guards kept out.
 *
 * @param index chosen row among the valid candidates
 * @param score what chains with this choice are compared by: the label of the row, or the distance
 *     in metres that the policy goes by instead
 * @param distribution logits, probabilities and natural log-probabilities per valid candidate
 * @param entropy of the distribution, nats
 */
public record SelectionDraw(
    int index, double score, SelectionDistribution distribution, double entropy) {

  /** Natural logarithm of the probability with which the row was chosen. */
  public double logProbability() {
    return distribution.logProbabilities().at(index);
  }
}
