package org.nbvrollouts.pipeline.oracle;

/**
 * What one candidate's view does to the error.
 *
 * @param after error of the union of current and candidate points
 * @param support number of candidate points after crop and fusion
 */
public record CandidateError(PointMeshError after, int support) {}
