package org.nbvrollouts.pipeline.replay;

import org.nbvrollouts.store.source.DoubleColumn;

/**
 * One choice and the distribution it was made from.
 *
 * @param index chosen row among the valid candidates
 * @param score it was chosen by
 * @param logits −Infinity where a row could not be chosen
 * @param probabilities 0 where a row could not be chosen
 * @param logProbabilities natural logarithm, −Infinity where a row could not be chosen
 */
public record ReplayedDraw(
    int index,
    double score,
    DoubleColumn logits,
    DoubleColumn probabilities,
    DoubleColumn logProbabilities) {}
