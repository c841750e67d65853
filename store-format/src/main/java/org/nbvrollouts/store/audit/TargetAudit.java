package org.nbvrollouts.store.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.schema.TargetInvalidReason;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** View of the targets of a store (specification audits 5). */
public final class TargetAudit {
  private final AuditStore store;
  private final AuditTable targets;
  private final AuditColumns columns = new AuditColumns();

  private TargetAudit(AuditStore store) {
    this.store = store;
    this.targets = store.table("targets");
  }

  /**
   * One row per target in stored order, with how many rollouts and trainable candidates it has. A
   * store without target table has none.
   *
   * @param limit most rows; a negative number counts as 0
   * @throws InvalidContentException if the store is of another schema or its tables do not fit
   */
  public static AuditRows targetAuditRows(RolloutZarrStoreReader store, OptionalLong limit) {
    AuditStore opened = AuditStore.of(store);
    if (!opened.hasTable("targets")) {
      return AuditRows.all(List.of(), List.of());
    }
    TargetAudit audit = new TargetAudit(opened);
    audit.addIdentity();
    audit.addJudgement();
    audit.addEvidence();
    audit.addUse();
    return audit.columns.rows(audit.targets.rows(), row -> true, limit);
  }

  private void addIdentity() {
    columns.add("target_row_id", targets.column("target_row_id")::longAt);
    addText("target_id", "target_id", "target");
    addText("source", "target_source_id", "target_source");
    addInteger("source_index", "target_source_index");
    addText("class", "target_class_name_id", "class_name");
    addInteger("sem_id", "target_sem_id");
    addInteger("inst_id", "target_inst_id");
    addNumber("confidence", "target_confidence");
    addInteger("selection_rank", "target_selection_rank");
    addNumber("selection_score", "target_selection_score");
    addNumber("selection_probability", "target_selection_probability");
  }

  private void addJudgement() {
    columns.add("target_valid", targets.column("target_valid_mask")::flag);
    AuditColumn reason = targets.optional("target_primary_invalid_reason");
    columns.add(
        "target_invalid_reason",
        row ->
            reason.isPresent()
                ? TargetInvalidReason.decodeTargetInvalidReason((int) reason.longAt(row))
                : null);
    columns.add("gt_label_valid", targets.column("gt_label_valid_mask")::flag);
    addText("gt_match_status", "gt_match_status_id", "target_match_status");
    addNumber("gt_match_iou", "gt_match_iou");
    addNumber("gt_match_score", "gt_match_score");
  }

  private void addEvidence() {
    addNumber("projected_area_pixels", "target_projected_area_pixels");
    addNumber("projected_area_fraction", "target_projected_area_fraction");
    addNumber("semidense_support", "target_semidense_support_count");
    addNumber("evl_support", "target_evl_support_count");
    addNumber("effective_support", "target_effective_support_count");
    addNumber("visibility_score", "target_visibility_score");
    addNumber("support_score", "target_support_score");
    addNumber("deficit_score", "target_deficit_score");
  }

  private void addUse() {
    AuditTable rollouts = store.table("rollouts");
    AuditColumn target = rollouts.column("target_row_id");
    Map<Long, Long> chains = new HashMap<>();
    for (int row = 0; row < rollouts.rows(); row++) {
      chains.merge(target.longAt(row), 1L, Long::sum);
    }
    AuditTable candidates = store.table("candidates");
    AuditColumn rollout = candidates.column("rollout_row_id");
    AuditColumn train = candidates.column("q_train_mask");
    RolloutFacts facts = new RolloutFacts(store);
    Map<Long, Long> trainable = new HashMap<>();
    for (int row = 0; row < candidates.rows(); row++) {
      if (train.booleanAt(row)) {
        trainable.merge(facts.target(rollout.longAt(row)), 1L, Long::sum);
      }
    }
    AuditColumn id = targets.column("target_row_id");
    columns.add("num_rollouts", row -> chains.getOrDefault(id.longAt(row), 0L));
    columns.add("num_q_train", row -> trainable.getOrDefault(id.longAt(row), 0L));
  }

  private void addText(String name, String column, String dictionary) {
    AuditColumn id = targets.optional(column);
    columns.add(name, row -> store.text(dictionary, id.integer(row)));
  }

  private void addInteger(String name, String column) {
    columns.add(name, targets.optional(column)::integer);
  }

  private void addNumber(String name, String column) {
    columns.add(name, targets.optional(column)::number);
  }
}
