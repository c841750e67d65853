package org.nbvrollouts.jobs.replay;

import java.util.List;
import org.nbvrollouts.jobs.origin.StoredChain;
import org.nbvrollouts.jobs.origin.StoredRow;
import org.nbvrollouts.jobs.origin.StoredStep;
import org.nbvrollouts.pipeline.reference.ReferenceNode;
import org.nbvrollouts.pipeline.replay.ReplayedCandidate;

/** Rows of the derived view {@code q_h} (specification store 5.1). */
final class ViewTable {
  private final Comparison comparison;
  private final StoredChain chain;
  private final double discount;
  private final boolean isTargetTrainable;

  /**
   * Prepares the steps of a chain.
   *
   * @param discount of a state with a successor
   */
  ViewTable(Comparison comparison, StoredChain chain, double discount, boolean isTargetTrainable) {
    this.comparison = comparison;
    this.chain = chain;
    this.discount = discount;
    this.isTargetTrainable = isTargetTrainable;
  }

  /**
   * Compares one state.
   *
   * @param nextStepRow row of the step that follows, −1 for none
   */
  void compare(StoredStep stored, StepTables.Recomputed recomputed, long nextStepRow) {
    StoredRow row = stored.view();
    ReferenceNode target = recomputed.target();
    int rank = recomputed.step().draw().index();
    List<StoredRow> candidates = stored.candidates();
    comparison.integer(row, "state_step_row_id", stored.row().row());
    comparison.integer(row, "source_row_id", chain.source().integer("source_row_id"));
    comparison.integer(row, "target_row_id", chain.target().row());
    comparison.integer(row, "selected_candidate_index", recomputed.step().shellIndex());
    if (recomputed.step().shellIndex() < candidates.size()) {
      comparison.integer(
          row,
          "td_selected_candidate_row_id",
          candidates.get(recomputed.step().shellIndex()).row());
    }
    comparison.real(
        row, "td_reward", target.rootGain(rank, recomputed.targetRootErrorM2()), Tolerance.GAIN);
    comparison.real(row, "td_reward_target_rri", target.relativeGain(rank), Tolerance.GAIN);
    comparison.integer(row, "td_next_step_row_id", nextStepRow);
    comparison.truth(row, "td_terminal_mask", nextStepRow < 0);
    comparison.real(row, "td_discount", nextStepRow < 0 ? 0 : discount, Tolerance.FLOAT);
    actions(row, candidates, recomputed);
  }

  private void actions(
      StoredRow row, List<StoredRow> candidates, StepTables.Recomputed recomputed) {
    int actions = row.width("candidate_row_id");
    double[][] columns = new double[7][actions];
    double[] padding = {-1, 0, 0, -1, Double.NaN, Double.NaN, 0};
    for (int action = 0; action < actions; action++) {
      double[] values =
          action < Math.min(candidates.size(), recomputed.candidates().size())
              ? action(candidates.get(action).row(), recomputed, action)
              : padding;
      for (int column = 0; column < values.length; column++) {
        columns[column][action] = values[column];
      }
    }
    comparison.reals(row, "candidate_row_id", columns[0], Tolerance.EXACT);
    comparison.reals(row, "valid_action_mask", columns[1], Tolerance.EXACT);
    comparison.reals(row, "q_train_mask", columns[2], Tolerance.EXACT);
    comparison.reals(row, "position_id", columns[3], Tolerance.EXACT);
    comparison.reals(row, "one_step_target_rri", columns[4], Tolerance.GAIN);
    comparison.reals(row, "one_step_target_root_gain", columns[5], Tolerance.GAIN);
    comparison.reals(row, "invalid_reason_bitset", columns[6], Tolerance.EXACT);
  }

  private double[] action(int candidateRow, StepTables.Recomputed recomputed, int action) {
    ReplayedCandidate candidate = recomputed.candidates().get(action);
    int rank = recomputed.rank(action);
    ReferenceNode target = recomputed.target();
    return new double[] {
      candidateRow,
      rank < 0 ? 0 : 1,
      recomputed.isTrainable(action, isTargetTrainable) ? 1 : 0,
      candidate.family().id(),
      rank < 0 ? Double.NaN : target.relativeGain(rank),
      rank < 0 ? Double.NaN : target.rootGain(rank, recomputed.targetRootErrorM2()),
      candidate.verdict().reasonBits()
    };
  }
}
