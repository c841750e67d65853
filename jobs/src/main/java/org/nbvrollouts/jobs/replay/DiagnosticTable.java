package org.nbvrollouts.jobs.replay;

import java.util.List;
import org.nbvrollouts.jobs.origin.StoredRow;
import org.nbvrollouts.pipeline.replay.ReplayedCandidate;

/** Rows of one step in {@code candidate_diagnostics} (specification store 2.16). */
final class DiagnosticTable {
  private final Comparison comparison;

  DiagnosticTable(Comparison comparison) {
    this.comparison = comparison;
  }

  void compare(List<StoredRow> stored, List<ReplayedCandidate> recomputed) {
    for (int i = 0; i < Math.min(stored.size(), recomputed.size()); i++) {
      compare(stored.get(i), recomputed.get(i));
    }
  }

  private void compare(StoredRow row, ReplayedCandidate candidate) {
    ReplayedCandidate.Measures measures = candidate.measures();
    comparison.integer(row, "candidate_row_id", row.row());
    comparison.integer(row, "position_id", candidate.family().id());
    comparison.truth(row, "path_collision_mask", candidate.verdict().isPathBlocked());
    metres(row, "mesh_distance_m", measures.meshDistance());
    metres(row, "path_min_clearance_m", measures.pathClearance());
    metres(row, "free_space_margin_m", measures.freeSpaceMargin());
    metres(row, "motion_step_length_m", measures.stepLength());
    metres(row, "motion_height_delta_m", measures.heightDelta());
    metres(row, "motion_backward_step_m", measures.backwardStep());
    metres(row, "motion_yaw_delta_deg", StrictMath.toDegrees(measures.yawDelta()));
    metres(row, "target_distance_m", measures.targetDistance());
    metres(row, "target_bearing_yaw_deg", StrictMath.toDegrees(measures.targetBearingYaw()));
  }

  private void metres(StoredRow row, String column, double value) {
    comparison.real(row, column, value, Tolerance.GAIN);
  }
}
