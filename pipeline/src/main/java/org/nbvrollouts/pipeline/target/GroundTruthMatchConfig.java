package org.nbvrollouts.pipeline.target;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * How selected rows are matched to ground truth (specification generation 3.5).
 *
 * @param matchGt look for a match at all
 * @param minGtIou least overlap of a match
 * @param minGtMatchScore least score of a match
 * @param gtIouSamples samples per axis of the overlap
 * @param gtAmbiguityMargin the best match must exceed the second by more than this
 */
public record GroundTruthMatchConfig(
    boolean matchGt,
    double minGtIou,
    double minGtMatchScore,
    int gtIouSamples,
    double gtAmbiguityMargin) {

  public GroundTruthMatchConfig {
    ConfigCheck.within("min_gt_iou", minGtIou, 0, 1);
    ConfigCheck.within("min_gt_match_score", minGtMatchScore, 0, 1);
    ConfigCheck.within("gt_iou_samples", gtIouSamples, 1, SampledIou.MOST_SAMPLES_PER_AXIS);
    ConfigCheck.within("gt_ambiguity_margin", gtAmbiguityMargin, 0, 1);
  }

  /** IoU 0.1, score 0.05, 8 samples per axis, margin 0.02. */
  public static GroundTruthMatchConfig defaults() {
    return new GroundTruthMatchConfig(true, 0.1, 0.05, 8, 0.02);
  }
}
