package org.nbvrollouts.pipeline.reference;

/**
 * What one candidate's view does to the error.
 *
 * @param after error of the union of current and candidate points
 * @param support number of candidate points after crop and fusion
 */
public record ReferenceCandidate(ReferenceError after, int support) {}
