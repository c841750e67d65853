package org.nbvrollouts.pipeline.target;

/**
 * A row with its evidence and the verdict on it (specification generation 3.2 and 3.3).
 *
 * @param targetId identity across stores
 * @param visibility in [0, 1], from the projected area
 * @param support in [0, 1], 1 once there is enough of it
 * @param deficit in [0, 1], 0 once nothing is missing
 * @param score confidence · visibility · support · deficit, NaN for a row that is not eligible
 * @param reasons valid alone, or everything that speaks against the row
 */
record JudgedTarget(
    WorldBox box,
    String targetId,
    TargetEvidence evidence,
    double visibility,
    double support,
    double deficit,
    double score,
    TargetReasons reasons) {

  boolean isEligible() {
    return reasons.isValid();
  }

  int sourceIndex() {
    return box.box().sourceIndex();
  }
}
