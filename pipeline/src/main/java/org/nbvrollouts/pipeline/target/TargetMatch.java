package org.nbvrollouts.pipeline.target;

import java.util.Optional;
import java.util.OptionalLong;
import org.nbvrollouts.store.schema.StoreSchema;

/**
 * How a target relates to ground truth (specification generation 3.1 and 3.5).
 *
 * @param status how the search ended
 * @param sourceRowId matched row of the ground-truth table
 * @param targetId identity of the matched box
 * @param iou of the match, NaN without one
 * @param score of the match, NaN without one
 */
public record TargetMatch(
    String status, OptionalLong sourceRowId, Optional<String> targetId, double iou, double score) {
  /** Status of a target that belongs to exactly one true box. */
  public static final String MATCHED = "matched";

  /** Status of a target that is a true box itself. */
  public static final String V0_GT_INPUT = "v0_gt_input";

  /** Status of a target without a true box of its class that overlaps enough. */
  public static final String UNMATCHED_GT = "unmatched_gt";

  /** Status of a target with two true boxes that overlap about equally. */
  public static final String AMBIGUOUS_GT = "ambiguous_gt";

  /** Status of targets that share their true box. */
  public static final String AMBIGUOUS_PRED_TO_GT = "ambiguous_pred_to_gt";

  /** Status of a target in a sample without ground truth. */
  public static final String MISSING_GT = "missing_gt";

  /** Status of a target whose true box nobody asked for. */
  public static final String NOT_REQUESTED = "not_requested";

  /** No match, for the reason given. */
  static TargetMatch none(String status) {
    return new TargetMatch(status, OptionalLong.empty(), Optional.empty(), Double.NaN, Double.NaN);
  }

  /** True if labels of this target may be trained on. */
  public boolean isLabelValid() {
    return StoreSchema.LABEL_MATCH_STATUSES.contains(status);
  }
}
