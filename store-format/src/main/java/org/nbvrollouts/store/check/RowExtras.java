package org.nbvrollouts.store.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.table.TypedArray;

/** Strict extras over rows: X4 to X8, X10 and X12. */
final class RowExtras {
  private static final List<String> LABELS =
      List.of(
          "scene_rri",
          "target_rri",
          "scene_root_gain",
          "target_root_gain",
          "scene_log_error_gain",
          "target_log_error_gain",
          "scene_pm_dist_before",
          "scene_pm_dist_after",
          "target_pm_dist_before",
          "target_pm_dist_after",
          "target_current_support",
          "target_candidate_support");
  private static final String DEPTH = "selected_depth/depth_m";
  private static final String MASK = "selected_depth/valid_mask";
  private static final int DEPTH_BLOCK_ROWS = 64;

  private final CheckContext context;

  RowExtras(CheckContext context) {
    this.context = context;
  }

  void run() {
    context.check("X4", "steps/rollout_row_id", this::parents);
    context.check("X6", "steps/num_candidates", this::shells);
    context.check("X7", "candidates/actor_action_mask", this::masks);
    context.check("X8", "candidates/oracle_label_mask", this::labels);
    context.check("X10", "steps/step_index", this::chains);
    context.check("X12", DEPTH, this::depths);
  }

  private void parents() {
    TypedArray stepRollouts = context.array("steps/rollout_row_id");
    Set<Long> rollouts = context.idsOf("rollouts/rollout_row_id");
    context.failWhere(
        "X4",
        "steps/rollout_row_id",
        stepRollouts.rows(),
        row -> !rollouts.contains(stepRollouts.longAt(row)),
        "unknown rollout");
    TypedArray candidateSteps = context.array("candidates/step_row_id");
    TypedArray candidateRollouts = context.array("candidates/rollout_row_id");
    TypedArray candidateIndexes = context.array("candidates/step_index");
    TypedArray stepIndexes = context.array("steps/step_index");
    Map<Long, Integer> steps = context.rowsById("steps/step_row_id");
    context.failWhere(
        "X4",
        "candidates/step_row_id",
        candidateSteps.rows(),
        row -> !steps.containsKey(candidateSteps.longAt(row)),
        "unknown step");
    context.failWhere(
        "X4",
        "candidates/rollout_row_id",
        candidateSteps.rows(),
        row -> {
          Integer step = steps.get(candidateSteps.longAt(row));
          return step != null
              && (candidateRollouts.longAt(row) != stepRollouts.longAt(step)
                  || candidateIndexes.longAt(row) != stepIndexes.longAt(step));
        },
        "rollout or step index is not that of the step");
  }

  private Map<Long, List<Integer>> candidatesByStep() {
    TypedArray steps = context.array("candidates/step_row_id");
    Map<Long, List<Integer>> rows = new HashMap<>();
    for (int row = 0; row < steps.rows(); row++) {
      rows.computeIfAbsent(steps.longAt(row), step -> new ArrayList<>()).add(row);
    }
    return rows;
  }

  private void shells() {
    Map<Long, List<Integer>> byStep = candidatesByStep();
    TypedArray ids = context.array("steps/step_row_id");
    TypedArray totals = context.array("steps/num_candidates");
    TypedArray valids = context.array("steps/num_valid_candidates");
    TypedArray shellIndexes = context.array("candidates/shell_index");
    TypedArray ranks = context.array("candidates/compact_valid_index");
    TypedArray actor = context.array("candidates/actor_action_mask");
    for (int step = 0; step < ids.rows(); step++) {
      List<Integer> shell = byStep.getOrDefault(ids.longAt(step), List.of());
      int rank = 0;
      for (int j = 0; j < shell.size(); j++) {
        int row = shell.get(j);
        long expected = actor.booleanAt(row) ? rank++ : -1;
        if (shellIndexes.longAt(row) != j || ranks.longAt(row) != expected) {
          context.fail(
              "X6", "candidates/shell_index", row, "shell or valid index does not match the rows");
          return;
        }
      }
      if (totals.longAt(step) != shell.size() || valids.longAt(step) != rank) {
        context.fail("X6", "steps/num_candidates", step, "counts do not match the rows");
        return;
      }
      if (!selectionMatches(step, shell)) {
        return;
      }
    }
  }

  private boolean selectionMatches(int step, List<Integer> shell) {
    TypedArray selected = context.array("candidates/selected_mask");
    List<Integer> chosen = shell.stream().filter(selected::booleanAt).toList();
    boolean matches = chosen.size() == 1;
    if (matches) {
      int row = chosen.get(0);
      matches =
          equal("candidates/candidate_row_id", row, "steps/selected_candidate_row_id", step)
              && equal("candidates/shell_index", row, "steps/selected_shell_index", step)
              && equal(
                  "candidates/compact_valid_index",
                  row,
                  "steps/selected_compact_valid_index",
                  step);
    }
    if (!matches) {
      context.fail("X5", "steps/selected_candidate_row_id", step, "not the one selected candidate");
    }
    return matches;
  }

  private boolean equal(String path, int row, String otherPath, int otherRow) {
    return context.array(path).longAt(row) == context.array(otherPath).longAt(otherRow);
  }

  private void masks() {
    TypedArray actor = context.array("candidates/actor_action_mask");
    TypedArray label = context.array("candidates/oracle_label_mask");
    TypedArray train = context.array("candidates/q_train_mask");
    TypedArray selected = context.array("candidates/selected_mask");
    TypedArray bitsets = context.array("candidates/invalid_reason_bitset");
    List<TypedArray> labels =
        LABELS.stream().map(name -> context.array("candidates/" + name)).toList();
    context.failWhere(
        "X7",
        "candidates/invalid_reason_bitset",
        actor.rows(),
        row -> {
          long bitset = bitsets.longAt(row);
          return actor.booleanAt(row)
              ? bitset != InvalidReason.VALID.mask()
              : bitset == 0 || (bitset & InvalidReason.VALID.mask()) != 0;
        },
        "reason bits do not match validity");
    context.failWhere(
        "X7",
        "candidates/actor_action_mask",
        actor.rows(),
        row ->
            !actor.booleanAt(row)
                && (label.booleanAt(row)
                    || train.booleanAt(row)
                    || selected.booleanAt(row)
                    || labels.stream().anyMatch(values -> !Double.isNaN(values.doubleAt(row)))),
        "invalid candidate with a mask or a label");
  }

  private void labels() {
    TypedArray actor = context.array("candidates/actor_action_mask");
    TypedArray label = context.array("candidates/oracle_label_mask");
    TypedArray gain = context.array("candidates/target_root_gain");
    context.failWhere(
        "X8",
        "candidates/oracle_label_mask",
        label.rows(),
        row ->
            label.booleanAt(row) != (actor.booleanAt(row) && Double.isFinite(gain.doubleAt(row))),
        "is not: valid with a finite target_root_gain");
  }

  private void chains() {
    TypedArray rollouts = context.array("steps/rollout_row_id");
    TypedArray indexes = context.array("steps/step_index");
    TypedArray horizons = context.array("rollouts/horizon");
    Map<Long, Integer> rolloutRows = context.rowsById("rollouts/rollout_row_id");
    Map<Long, Integer> lengths = new HashMap<>();
    context.failWhere(
        "X10",
        "steps/step_index",
        indexes.rows(),
        row -> {
          int position = lengths.merge(rollouts.longAt(row), 1, Integer::sum) - 1;
          Integer rollout = rolloutRows.get(rollouts.longAt(row));
          return indexes.longAt(row) != position
              || (rollout != null && position >= horizons.longAt(rollout));
        },
        "step indices are not 0, 1, 2, … within the horizon");
  }

  private void depths() {
    int images = context.rows(DEPTH);
    if (!context.shape(DEPTH).equals(context.shape(MASK))) {
      return;
    }
    for (int first = 0; first < images; first += DEPTH_BLOCK_ROWS) {
      int count = Math.min(DEPTH_BLOCK_ROWS, images - first);
      TypedArray depth = context.store().rows(DEPTH, first, count);
      TypedArray mask = context.store().rows(MASK, first, count);
      int pixels = depth.rowSize();
      for (int i = 0; i < depth.size(); i++) {
        double metres = depth.doubleAt(i);
        boolean measured = Double.isFinite(metres) && metres > 0;
        if (mask.booleanAt(i) ? !measured : metres != 0) {
          context.fail(
              "X12",
              DEPTH,
              first + i / pixels,
              "depth %s where valid_mask is %s".formatted(metres, mask.booleanAt(i)));
          return;
        }
      }
    }
  }
}
