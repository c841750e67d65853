package org.nbvrollouts.store.check;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.table.Elements;
import org.nbvrollouts.store.table.IdIndex;
import org.nbvrollouts.store.table.Shells;
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
  private static final int HALF_INFINITY = 0x7c00;
  private static final int HALF_MAGNITUDE = 0x7fff;

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
    Elements stepRollouts = context.array("steps/rollout_row_id");
    IdIndex rollouts = context.index("rollouts/rollout_row_id");
    context.failWhere(
        "X4",
        "steps/rollout_row_id",
        stepRollouts.rows(),
        row -> !rollouts.contains(stepRollouts.longAt(row)),
        "unknown rollout");
    Elements candidateSteps = context.array("candidates/step_row_id");
    Elements candidateRollouts = context.array("candidates/rollout_row_id");
    Elements candidateIndexes = context.array("candidates/step_index");
    Elements stepIndexes = context.array("steps/step_index");
    IdIndex steps = context.index("steps/step_row_id");
    context.failWhere(
        "X4",
        "candidates/step_row_id",
        candidateSteps.rows(),
        row -> !steps.contains(candidateSteps.longAt(row)),
        "unknown step");
    context.failWhere(
        "X4",
        "candidates/rollout_row_id",
        candidateSteps.rows(),
        row -> {
          int step = steps.row(candidateSteps.longAt(row));
          return step >= 0
              && (candidateRollouts.longAt(row) != stepRollouts.longAt(step)
                  || candidateIndexes.longAt(row) != stepIndexes.longAt(step));
        },
        "rollout or step index is not that of the step");
  }

  private void shells() {
    Shells shells =
        Shells.of(context.array("steps/step_row_id"), context.array("candidates/step_row_id"));
    Elements totals = context.array("steps/num_candidates");
    Elements valids = context.array("steps/num_valid_candidates");
    Elements shellIndexes = context.array("candidates/shell_index");
    Elements ranks = context.array("candidates/compact_valid_index");
    Elements actor = context.array("candidates/actor_action_mask");
    Elements selected = context.array("candidates/selected_mask");
    Tally misplaced = new Tally();
    Tally miscounted = new Tally();
    Tally missed = new Tally();
    for (int step = 0; step < totals.rows(); step++) {
      if (!shells.isOwn(step)) {
        // Going through one shell for every step that claims it would take the square of the time.
        missed.add(step);
        continue;
      }
      int rank = 0;
      int chosen = -1;
      int choices = 0;
      for (int j = 0; j < shells.size(step); j++) {
        int row = shells.row(step, j);
        long expected = actor.booleanAt(row) ? rank++ : -1;
        if (shellIndexes.longAt(row) != j || ranks.longAt(row) != expected) {
          misplaced.add(row);
        }
        if (selected.booleanAt(row)) {
          chosen = row;
          choices++;
        }
      }
      if (totals.longAt(step) != shells.size(step) || valids.longAt(step) != rank) {
        miscounted.add(step);
      }
      if (choices != 1 || !isSelection(step, chosen)) {
        missed.add(step);
      }
    }
    context.failAt(
        "X6", "candidates/shell_index", misplaced, "shell or valid index does not match the rows");
    context.failAt("X6", "steps/num_candidates", miscounted, "counts do not match the rows");
    context.failAt(
        "X5", "steps/selected_candidate_row_id", missed, "not the one selected candidate");
  }

  private boolean isSelection(int step, int row) {
    return equal("candidates/candidate_row_id", row, "steps/selected_candidate_row_id", step)
        && equal("candidates/shell_index", row, "steps/selected_shell_index", step)
        && equal("candidates/compact_valid_index", row, "steps/selected_compact_valid_index", step);
  }

  private boolean equal(String path, int row, String otherPath, int otherRow) {
    return context.array(path).longAt(row) == context.array(otherPath).longAt(otherRow);
  }

  private void masks() {
    Elements actor = context.array("candidates/actor_action_mask");
    Elements label = context.array("candidates/oracle_label_mask");
    Elements train = context.array("candidates/q_train_mask");
    Elements selected = context.array("candidates/selected_mask");
    Elements bitsets = context.array("candidates/invalid_reason_bitset");
    List<Elements> labels =
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
    Elements actor = context.array("candidates/actor_action_mask");
    Elements label = context.array("candidates/oracle_label_mask");
    Elements gain = context.array("candidates/target_root_gain");
    context.failWhere(
        "X8",
        "candidates/oracle_label_mask",
        label.rows(),
        row ->
            label.booleanAt(row) != (actor.booleanAt(row) && Double.isFinite(gain.doubleAt(row))),
        "is not: valid with a finite target_root_gain");
  }

  private void chains() {
    Elements rollouts = context.array("steps/rollout_row_id");
    Elements indexes = context.array("steps/step_index");
    Elements horizons = context.array("rollouts/horizon");
    IdIndex rolloutRows = context.index("rollouts/rollout_row_id");
    Map<Long, Integer> lengths = new HashMap<>();
    context.failWhere(
        "X10",
        "steps/step_index",
        indexes.rows(),
        row -> {
          int position = lengths.merge(rollouts.longAt(row), 1, Integer::sum) - 1;
          int rollout = rolloutRows.row(rollouts.longAt(row));
          return indexes.longAt(row) != position
              || (rollout >= 0 && position >= horizons.longAt(rollout));
        },
        "step indices are not 0, 1, 2, … within the horizon");
  }

  private void depths() {
    List<Long> shape = context.shape(DEPTH);
    boolean judged =
        shape.equals(context.shape(MASK))
            && shape.get(0) == context.rows("steps/step_row_id")
            && context.store().elementType(DEPTH) == ElementType.FLOAT16
            && context.store().elementType(MASK) == ElementType.BOOL;
    if (!judged) {
      return;
    }
    Tally bad = new Tally();
    context
        .pages()
        .forEachPage(
            DEPTH,
            (first, depth) -> {
              for (int row = 0; row < depth.rows(); row++) {
                TypedArray image = depth.rows(row, 1);
                TypedArray mask = context.pages().row(MASK, first + row);
                int pixel = firstBadPixel(image.littleEndian(), mask.littleEndian());
                if (pixel >= 0) {
                  bad.add(
                      first + row,
                      "depth %s where valid_mask is %s"
                          .formatted(image.doubleAt(pixel), mask.booleanAt(pixel)));
                }
              }
            });
    context.failAt("X12", DEPTH, bad, bad.detail());
  }

  /** Half floats: finite and above zero where the mask is set, zero of either sign elsewhere. */
  private static int firstBadPixel(ByteBuffer depth, ByteBuffer mask) {
    int pixels = mask.remaining();
    for (int pixel = 0; pixel < pixels; pixel++) {
      int half = depth.getShort(Short.BYTES * pixel) & 0xffff;
      boolean good =
          mask.get(pixel) != 0 ? half > 0 && half < HALF_INFINITY : (half & HALF_MAGNITUDE) == 0;
      if (!good) {
        return pixel;
      }
    }
    return -1;
  }
}
