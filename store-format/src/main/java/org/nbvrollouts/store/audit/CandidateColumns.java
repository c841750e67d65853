package org.nbvrollouts.store.audit;

import java.util.OptionalLong;
import java.util.function.Function;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;

/** Columns of the candidate views (specification audits 4.1). Not thread-safe. */
final class CandidateColumns {
  private static final int CENTRE = 9;

  private final AuditStore store;
  private final AuditTable candidates;
  private final AuditColumn rollout;
  private final AuditColumn step;
  private final AuditColumns columns = new AuditColumns();

  CandidateColumns(AuditStore store) {
    this.store = store;
    this.candidates = store.table("candidates");
    this.rollout = candidates.column("rollout_row_id");
    this.step = candidates.column("step_row_id");
    addPlace();
    addJudgement();
    addLabels();
    addDiagnostics();
  }

  AuditColumns columns() {
    return columns;
  }

  AuditTable table() {
    return candidates;
  }

  /** Rows of the candidates that a query asks for. */
  AuditRows rows(AuditQuery query) {
    OptionalLong limit = query.limit();
    return columns.rows(
        candidates.rows(), row -> query.passes(rollout.longAt(row), step.longAt(row)), limit);
  }

  private void addPlace() {
    RolloutFacts facts = new RolloutFacts(store);
    columns.add("candidate_row_id", candidates.column("candidate_row_id")::longAt);
    columns.add("rollout_row_id", rollout::longAt);
    columns.add("step_row_id", step::longAt);
    for (String name : new String[] {"step_index", "shell_index", "compact_valid_index"}) {
      columns.add(name, candidates.optional(name)::integer);
    }
    columns.add("scene", row -> facts.scene(rollout.longAt(row)));
    columns.add("split", row -> facts.split(rollout.longAt(row)));
    columns.add("policy", row -> facts.policy(rollout.longAt(row)));
    columns.add("target_row_id", row -> facts.target(rollout.longAt(row)));
  }

  private void addJudgement() {
    columns.add("selected", candidates.column("selected_mask")::flag);
    columns.add("actor_action", candidates.column("actor_action_mask")::flag);
    columns.add("oracle_label", candidates.column("oracle_label_mask")::flag);
    columns.add("q_train", candidates.column("q_train_mask")::flag);
    addDecoded("strategy", id -> ViewStrategy.decodeStrategyId(id.intValue()));
    addDecoded("position", id -> PositionFamily.decodePositionId(id.intValue()));
    addDecoded("mixture", store::mixtureName);
    columns.add("sampler_probability", candidates.optional("sampler_probability")::number);
    AuditColumn reason = candidates.column("primary_invalid_reason");
    columns.add(
        "invalid_reason", row -> InvalidReason.decodeInvalidReason((int) reason.longAt(row)));
    columns.add("invalid_reason_bitset", candidates.optional("invalid_reason_bitset")::integer);
  }

  /** An id and its name; an id that the store lacks reads as −1 does. */
  private void addDecoded(String name, Function<Long, String> decode) {
    AuditColumn id = candidates.optional(name + "_id");
    columns.add(name + "_id", id::integer);
    columns.add(name, row -> decode.apply(id.isPresent() ? id.longAt(row) : -1));
  }

  private void addLabels() {
    for (String name :
        new String[] {
          "target_rri",
          "target_root_gain",
          "target_log_error_gain",
          "target_pm_dist_before",
          "target_pm_dist_after",
          "scene_rri"
        }) {
      columns.add(name, candidates.optional(name)::number);
    }
    columns.add("selection_probability", candidates.optional("selection_probabilities")::number);
    AuditColumn pose = candidates.optional("pose_world_cam");
    columns.add("center_x", row -> pose.number(row, CENTRE));
    columns.add("center_y", row -> pose.number(row, CENTRE + 1));
    columns.add("center_z", row -> pose.number(row, CENTRE + 2));
  }

  private void addDiagnostics() {
    AuditTable diagnostics = candidates.beside("candidate_diagnostics");
    columns.add("mesh_distance_m", diagnostics.optional("mesh_distance_m")::number);
    columns.add("path_min_clearance_m", diagnostics.optional("path_min_clearance_m")::number);
    columns.add("path_collision", diagnostics.optional("path_collision_mask")::flag);
    for (String name :
        new String[] {
          "free_space_margin_m",
          "motion_step_length_m",
          "motion_height_delta_m",
          "motion_backward_step_m",
          "motion_yaw_delta_deg",
          "target_distance_m",
          "target_bearing_yaw_deg"
        }) {
      columns.add(name, diagnostics.optional(name)::number);
    }
  }
}
