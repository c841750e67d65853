package org.nbvrollouts.jobs.replay;

import java.util.Arrays;
import org.nbvrollouts.jobs.origin.StoredRow;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.target.SelectedTarget;
import org.nbvrollouts.pipeline.target.TargetEvidence;
import org.nbvrollouts.pipeline.target.TargetMatch;
import org.nbvrollouts.pipeline.target.TargetRow;
import org.nbvrollouts.pipeline.target.TargetScores;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.schema.TargetInvalidReason;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** The row of a target in {@code targets} (specification store 2.13). */
final class TargetTable {
  private static final double[] NO_POSE = new double[Pose12.LENGTH];

  static {
    Arrays.fill(NO_POSE, Double.NaN);
  }

  private final Comparison comparison;
  private final StoredRow row;
  private final SelectedTarget target;

  TargetTable(Comparison comparison, StoredRow row, SelectedTarget target) {
    this.comparison = comparison;
    this.row = row;
    this.target = target;
  }

  /** True if labels of a target may be trained on (specification store 4.7). */
  static boolean isTrainable(SelectedTarget target) {
    return target.reasons().bitset() == TargetInvalidReason.VALID.mask()
        && hasLabel(target.match());
  }

  private static boolean hasLabel(TargetMatch match) {
    return StoreSchema.LABEL_MATCH_STATUSES.contains(match.status())
        && match.sourceRowId().orElse(-1) >= 0;
  }

  void compare() {
    identity(target.row());
    place(target.row());
    evidence(target.actor().evidence());
    choice(target.scores());
    match(target.match());
  }

  private void identity(TargetRow expected) {
    comparison.integer(row, "target_row_id", row.row());
    comparison.text(row, "target_id", expected.targetId());
    comparison.text(row, "target_source_id", expected.source());
    comparison.integer(row, "target_source_index", expected.sourceIndex());
    comparison.integer(row, "target_sem_id", expected.semanticId());
    comparison.integer(row, "target_inst_id", expected.instanceId());
    comparison.text(row, "target_class_name_id", expected.className().orElse(null));
    real("target_confidence", expected.confidence());
    comparison.text(row, "target_crop_policy_id", TargetScorerConfig.TARGET_CROP_POLICY);
  }

  private void place(TargetRow expected) {
    point("target_center_world", expected.centreWorld());
    point("target_extents", expected.extentsMetres());
    comparison.reals(
        row, "target_pose_world_object", expected.worldFromObject().toArray(), Tolerance.FLOAT);
    comparison.reals(
        row,
        "target_relative_pose_reference_object",
        expected.referenceFromObject().map(Pose12::toArray).orElse(NO_POSE),
        Tolerance.FLOAT);
  }

  private void evidence(TargetEvidence expected) {
    real("target_projected_area_pixels", expected.projectedAreaPixels());
    real("target_projected_area_fraction", expected.projectedAreaFraction());
    real("target_effective_support_count", expected.effectiveSupportCount());
    comparison.integer(row, "target_semidense_support_count", expected.semidenseSupportCount());
    comparison.integer(row, "target_evl_support_count", expected.evlSupportCount());
  }

  private void choice(TargetScores expected) {
    comparison.text(row, "target_selection_policy_id", expected.policy());
    comparison.integer(row, "target_selection_rank", expected.rank());
    real("target_selection_score", expected.score());
    real("target_selection_probability", expected.draw().probability());
    real("target_selection_temperature", expected.temperature().orElse(Double.NaN));
    real("target_visibility_score", expected.visibility());
    real("target_support_score", expected.support());
    real("target_deficit_score", expected.deficit());
    int bits = target.reasons().bitset();
    comparison.truth(row, "target_valid_mask", bits == TargetInvalidReason.VALID.mask());
    comparison.integer(row, "target_invalid_reason_bitset", bits);
    comparison.integer(row, "target_primary_invalid_reason", target.reasons().primary());
    comparison.text(row, "target_reason_code_version_id", TargetInvalidReason.VERSION);
  }

  private void match(TargetMatch expected) {
    comparison.integer(row, "matched_gt_target_row_id", expected.sourceRowId().orElse(-1));
    comparison.text(row, "matched_gt_target_id", expected.targetId().orElse(null));
    real("gt_match_iou", expected.iou());
    real("gt_match_score", expected.score());
    comparison.text(row, "gt_match_status_id", expected.status());
    comparison.truth(row, "gt_label_valid_mask", hasLabel(expected));
  }

  private void real(String column, double expected) {
    comparison.real(row, column, expected, Tolerance.FLOAT);
  }

  private void point(String column, Point3 expected) {
    comparison.reals(
        row, column, new double[] {expected.x(), expected.y(), expected.z()}, Tolerance.FLOAT);
  }
}
