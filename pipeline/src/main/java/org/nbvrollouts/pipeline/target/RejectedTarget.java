package org.nbvrollouts.pipeline.target;

/**
 * A row that did not become a target.
 *
 * @param targetId identity the target would have had
 * @param sourceIndex row in the source table, padding included
 * @param status why: the failed gate, {@link #NOT_DRAWN} or {@link #BEYOND_K}
 * @param reasons invalidity bits; valid for rows that were only not drawn
 * @param identityIou best overlap with a ground-truth box, NaN where it was not measured
 * @param identityGap distance to the second best, NaN where it was not measured
 */
public record RejectedTarget(
    String targetId,
    int sourceIndex,
    String status,
    TargetReasons reasons,
    double identityIou,
    double identityGap) {
  /** Status of a valid row beyond the number of targets per sample. */
  public static final String NOT_DRAWN = "max_targets_per_sample";

  /** Status of an eligible row beyond the {@code k} that were taken. */
  public static final String BEYOND_K = "k";
}
