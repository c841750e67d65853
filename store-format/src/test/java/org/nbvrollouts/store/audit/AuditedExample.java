package org.nbvrollouts.store.audit;

import java.util.HashMap;
import java.util.Map;

/** The store of the worked example (specification audits 8): seven candidates in three steps. */
public final class AuditedExample {
  private static final double NAN = Double.NaN;

  private AuditedExample() {}

  /** The store, for changes or as it is. */
  public static TableStoreEditor store() {
    TableStoreEditor store =
        new TableStoreEditor()
            .dictionary("scene", "A")
            .dictionary("split", "train")
            .dictionary("policy", "greedy")
            .dictionary("target", "first", "second")
            .dictionary("target_match_status", "matched", "unmatched");
    store.table("sources", 1, Map.of("source_row_id", row(5)));
    store.table(
        "rollouts", 1, Map.of("source_row_id", row(5), "horizon", row(3), "branch_factor", row(1)));
    targets(store);
    steps(store);
    candidates(store);
    diagnostics(store);
    return store;
  }

  private static double[] row(double... values) {
    return values;
  }

  private static void targets(TableStoreEditor store) {
    store.table(
        "targets",
        2,
        Map.of(
            "target_row_id", row(0, 1),
            "target_id", row(0, 1),
            "target_selection_score", row(0.25, 0.6),
            "target_valid_mask", row(1, 1),
            "gt_label_valid_mask", row(1, 0),
            "gt_match_status_id", row(0, 1)));
  }

  private static void steps(TableStoreEditor store) {
    store.table(
        "steps",
        3,
        Map.of(
            "step_row_id", row(10, 11, 12),
            "step_index", row(0, 1, 2),
            "num_candidates", row(3, 3, 1),
            "num_valid_candidates", row(2, 1, 1),
            "selected_candidate_row_id", row(100, 103, 106),
            "cumulative_target_rri", row(0.25, NAN, 0.75)));
  }

  private static void candidates(TableStoreEditor store) {
    Map<String, double[]> columns = new HashMap<>();
    columns.put("candidate_row_id", row(100, 101, 102, 103, 104, 105, 106));
    columns.put("step_row_id", row(10, 10, 10, 11, 11, 11, 12));
    columns.put("step_index", row(0, 0, 0, 1, 1, 1, 2));
    columns.put("shell_index", row(0, 1, 2, 0, 1, 2, 0));
    columns.put("compact_valid_index", row(0, 1, -1, 0, -1, -1, 0));
    columns.put("actor_action_mask", row(1, 1, 0, 1, 0, 0, 1));
    columns.put("oracle_label_mask", row(1, 1, 0, 0, 0, 0, 1));
    columns.put("q_train_mask", row(1, 1, 0, 0, 0, 0, 1));
    columns.put("selected_mask", row(1, 0, 0, 1, 0, 0, 1));
    columns.put("position_id", row(1, 2, 2, 1, 2, 2, 1));
    columns.put("primary_invalid_reason", row(0, 0, 4, 0, 4, 5, 0));
    columns.put("invalid_reason_bitset", row(1, 1, 16, 1, 16, 32, 1));
    columns.put("selection_probabilities", row(0.75, 0.25, NAN, 1, NAN, NAN, 1));
    columns.put("target_root_gain", row(0.25, 0.125, NAN, NAN, NAN, NAN, 0.5));
    store.table("candidates", 7, columns);
  }

  private static void diagnostics(TableStoreEditor store) {
    store.table(
        "candidate_diagnostics",
        7,
        Map.of(
            "candidate_row_id", row(100, 101, 102, 103, 104, 105, 106),
            "position_id", row(1, 2, 2, 1, 2, 2, 1),
            "motion_step_length_m", row(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1.3),
            "motion_height_delta_m", new double[7],
            "motion_backward_step_m", new double[7],
            "motion_yaw_delta_deg", row(0, 0, 0, 0, 0, 0, -90)));
  }
}
