package org.nbvrollouts.pipeline.target;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a target relates to ground truth (specification generation 3.1 and 3.5).
 *
 * @param status {@link #MATCHED} or the reason there is no match
 * @param sourceRowId matched row of the ground-truth table
 * @param targetId identity of the matched box
 * @param iou of the match
 * @param score of the match
 */
public record TargetMatch(
    String status, OptionalLong sourceRowId, Optional<String> targetId, double iou, double score) {
  /** Status of a target with a label. */
  public static final String MATCHED = "matched";

  /** True if labels of this target may be trained on. */
  public boolean isLabelValid() {
    return MATCHED.equals(status);
  }
}
