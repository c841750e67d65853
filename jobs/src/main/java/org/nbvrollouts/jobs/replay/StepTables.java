package org.nbvrollouts.jobs.replay;

import java.util.List;
import java.util.Optional;
import org.nbvrollouts.jobs.origin.ChainOrigin;
import org.nbvrollouts.jobs.origin.StoredRow;
import org.nbvrollouts.jobs.origin.StoredStep;
import org.nbvrollouts.pipeline.reference.ReferenceNode;
import org.nbvrollouts.pipeline.replay.ReplayedCandidate;
import org.nbvrollouts.pipeline.replay.ReplayedChain;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.Pose12;

/** Rows of one step in {@code steps} and {@code candidates} (specification store 2.14, 2.15). */
final class StepTables {
  private final Comparison comparison;
  private final ChainOrigin origin;
  private final boolean isTargetTrainable;
  private final RelativePose fromRoot;

  /**
   * Prepares the steps of a chain.
   *
   * @param isTargetTrainable labels of the target may be trained on
   * @param worldFromRoot root pose
   */
  StepTables(
      Comparison comparison, ChainOrigin origin, boolean isTargetTrainable, Pose12 worldFromRoot) {
    this.comparison = comparison;
    this.origin = origin;
    this.isTargetTrainable = isTargetTrainable;
    this.fromRoot = new RelativePose(worldFromRoot);
  }

  /**
   * What was recomputed of a step.
   *
   * @param rolloutRow row of the rollout
   * @param index depth in the chain
   * @param step the choice
   * @param targetRootErrorM2 error of the target before the first step
   * @param scene errors of the scene, if they are computed
   * @param sceneRootErrorM2 error of the scene before the first step, NaN without
   */
  record Recomputed(
      int rolloutRow,
      int index,
      ReplayedChain.Step step,
      double targetRootErrorM2,
      Optional<ReferenceNode> scene,
      double sceneRootErrorM2) {

    List<ReplayedCandidate> candidates() {
      return step.node().candidates();
    }

    ReferenceNode target() {
      return step.node().target().orElseThrow();
    }

    /** Rank of a row among the valid ones, −1 for an invalid row. */
    int rank(int row) {
      return step.node().validRows().indexOf(row);
    }

    boolean isTrainable(int row, boolean isTargetTrainable) {
      return isTargetTrainable && isLabelled(row);
    }

    boolean isLabelled(int row) {
      int rank = rank(row);
      return rank >= 0 && Float.isFinite((float) target().rootGain(rank, targetRootErrorM2));
    }
  }

  void compare(StoredStep stored, Recomputed recomputed, ChainSums sums) {
    StoredRow row = stored.row();
    int selected = recomputed.step().shellIndex();
    comparison.integer(row, "step_row_id", row.row());
    comparison.integer(row, "rollout_row_id", recomputed.rolloutRow());
    comparison.integer(row, "step_index", recomputed.index());
    comparison.integer(row, "selected_shell_index", selected);
    comparison.integer(row, "selected_compact_valid_index", recomputed.step().draw().index());
    comparison.integer(row, "num_candidates", recomputed.candidates().size());
    comparison.integer(row, "num_valid_candidates", recomputed.step().node().validRows().size());
    sums.forEach((column, sum) -> comparison.real(row, column, sum, Tolerance.GAIN));
    comparison.size(
        "candidates",
        "step " + row.row(),
        stored.candidates().size(),
        recomputed.candidates().size());
    int rows = Math.min(stored.candidates().size(), recomputed.candidates().size());
    if (selected < rows) {
      comparison.integer(row, "selected_candidate_row_id", stored.candidates().get(selected).row());
    }
    for (int shellIndex = 0; shellIndex < rows; shellIndex++) {
      keys(stored.candidates().get(shellIndex), row.row(), recomputed, shellIndex);
      judgement(stored.candidates().get(shellIndex), recomputed, shellIndex);
      target(stored.candidates().get(shellIndex), recomputed, shellIndex);
      scene(stored.candidates().get(shellIndex), recomputed, shellIndex);
      selection(stored.candidates().get(shellIndex), recomputed, shellIndex);
    }
  }

  private void keys(StoredRow row, int stepRow, Recomputed recomputed, int shellIndex) {
    comparison.integer(row, "candidate_row_id", row.row());
    comparison.integer(row, "step_row_id", stepRow);
    comparison.integer(row, "rollout_row_id", recomputed.rolloutRow());
    comparison.integer(row, "step_index", recomputed.index());
    comparison.integer(row, "shell_index", shellIndex);
    comparison.integer(row, "compact_valid_index", recomputed.rank(shellIndex));
    ReplayedCandidate candidate = recomputed.candidates().get(shellIndex);
    comparison.reals(row, "pose_world_cam", candidate.worldFromCamera().toArray(), Tolerance.FLOAT);
    comparison.reals(
        row, "pose_relative_root", fromRoot.to(candidate.worldFromCamera()), Tolerance.FLOAT);
  }

  private void judgement(StoredRow row, Recomputed recomputed, int shellIndex) {
    ReplayedCandidate candidate = recomputed.candidates().get(shellIndex);
    comparison.truth(row, "actor_action_mask", candidate.isValid());
    comparison.truth(row, "oracle_label_mask", recomputed.isLabelled(shellIndex));
    comparison.truth(row, "q_train_mask", recomputed.isTrainable(shellIndex, isTargetTrainable));
    comparison.truth(row, "selected_mask", shellIndex == recomputed.step().shellIndex());
    comparison.integer(row, "strategy_id", candidate.strategy().id());
    comparison.integer(row, "position_id", candidate.family().id());
    comparison.integer(row, "mixture_id", candidate.component());
    comparison.real(
        row, "sampler_probability", 1.0 / recomputed.candidates().size(), Tolerance.FLOAT);
    comparison.text(row, "score_source_id", scoreSource());
    comparison.integer(row, "invalid_reason_bitset", candidate.verdict().reasonBits());
    comparison.integer(row, "primary_invalid_reason", candidate.verdict().primaryReason());
  }

  /** What the choice went by: a label, or the distance that the policy is named after. */
  private String scoreSource() {
    String policy = origin.recipe().selectionPolicy();
    return policy.startsWith("farthest_from_")
        ? policy
        : origin.config().writer().generation().targetScorer().rewardMode().scoreLabel();
  }

  private void target(StoredRow row, Recomputed recomputed, int shellIndex) {
    int rank = recomputed.rank(shellIndex);
    Optional<ReferenceNode> errors = rank < 0 ? Optional.empty() : Optional.of(recomputed.target());
    errors(row, "target", errors, rank, recomputed.targetRootErrorM2());
    comparison.real(
        row,
        "target_current_support",
        errors.map(node -> (double) node.currentSupport()).orElse(Double.NaN),
        Tolerance.FLOAT);
    comparison.real(
        row,
        "target_candidate_support",
        errors.map(node -> (double) node.candidates().get(rank).support()).orElse(Double.NaN),
        Tolerance.FLOAT);
  }

  private void scene(StoredRow row, Recomputed recomputed, int shellIndex) {
    int rank = recomputed.rank(shellIndex);
    errors(
        row,
        "scene",
        rank < 0 ? Optional.empty() : recomputed.scene(),
        rank,
        recomputed.sceneRootErrorM2());
  }

  private void errors(
      StoredRow row, String of, Optional<ReferenceNode> errors, int rank, double rootErrorM2) {
    gain(row, of + "_rri", errors.map(node -> node.relativeGain(rank)));
    gain(row, of + "_root_gain", errors.map(node -> node.rootGain(rank, rootErrorM2)));
    gain(row, of + "_log_error_gain", errors.map(node -> node.logErrorGain(rank)));
    comparison.real(
        row,
        of + "_pm_dist_before",
        errors.map(node -> node.before().distance()).orElse(Double.NaN),
        Tolerance.FLOAT);
    comparison.real(
        row,
        of + "_pm_dist_after",
        errors.map(node -> node.candidates().get(rank).after().distance()).orElse(Double.NaN),
        Tolerance.FLOAT);
  }

  private void gain(StoredRow row, String column, Optional<Double> value) {
    comparison.real(row, column, value.orElse(Double.NaN), Tolerance.GAIN);
  }

  private void selection(StoredRow row, Recomputed recomputed, int shellIndex) {
    int rank = recomputed.rank(shellIndex);
    var draw = recomputed.step().draw();
    comparison.real(row, "selection_logits", at(draw.logits(), rank, Double.NaN), Tolerance.GAIN);
    comparison.real(
        row, "selection_probabilities", at(draw.probabilities(), rank, 0), Tolerance.FLOAT);
    comparison.real(
        row,
        "selection_log_probabilities",
        at(draw.logProbabilities(), rank, Double.NEGATIVE_INFINITY),
        Tolerance.GAIN);
  }

  private static double at(DoubleColumn column, int rank, double otherwise) {
    return rank < 0 ? otherwise : column.at(rank);
  }
}
