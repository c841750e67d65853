package org.nbvrollouts.store.rollout;

import org.nbvrollouts.store.source.DoubleColumn;

/**
 * Distribution a choice was drawn from, per candidate of the shell or per valid candidate.
 *
 * @param logits −Infinity where not eligible
 * @param probabilities 0 where not eligible
 * @param logProbabilities natural log, −Infinity where the probability is 0
 */
public record SelectionDistribution(
    DoubleColumn logits, DoubleColumn probabilities, DoubleColumn logProbabilities) {}
