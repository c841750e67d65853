package org.nbvrollouts.store.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;

/**
 * The padded training view {@code q_h}, derived from {@code steps}, {@code candidates} and {@code
 * rollouts} (specification store 5.1). S states (one per step), A actions (the widest shell).
 */
public final class QhView {
  private static final List<String> PADDED =
      List.of(
          "candidate_row_id",
          "valid_action_mask",
          "q_train_mask",
          "position_id",
          "one_step_target_rri",
          "one_step_target_root_gain",
          "invalid_reason_bitset");

  private final Function<String, TypedArray> tables;
  private final TypedArray stepIds;
  private final TypedArray stepRollouts;
  private final TypedArray selectedCandidates;
  private final TypedArray candidateIds;
  private final List<List<Integer>> shells = new ArrayList<>();
  private final int width;
  private final Map<String, TypedArrayBuilder> columns = new LinkedHashMap<>();

  private QhView(Function<String, TypedArray> tables) {
    this.tables = tables;
    this.stepIds = tables.apply("steps/step_row_id");
    this.stepRollouts = tables.apply("steps/rollout_row_id");
    this.selectedCandidates = tables.apply("steps/selected_candidate_row_id");
    this.candidateIds = tables.apply("candidates/candidate_row_id");
    TypedArray candidateSteps = tables.apply("candidates/step_row_id");
    Map<Long, List<Integer>> byStep = new HashMap<>();
    for (int row = 0; row < candidateSteps.rows(); row++) {
      byStep.computeIfAbsent(candidateSteps.longAt(row), id -> new ArrayList<>()).add(row);
    }
    int widest = 0;
    for (int state = 0; state < stepIds.rows(); state++) {
      List<Integer> shell = byStep.getOrDefault(stepIds.longAt(state), List.of());
      shells.add(shell);
      widest = Math.max(widest, shell.size());
    }
    this.width = widest;
    for (ArraySpec spec : StoreSchema.current().arrays("q_h")) {
      int[] rowShape = spec.shape().size() == 2 ? new int[] {width} : new int[0];
      columns.put(
          spec.name(),
          new TypedArrayBuilder(spec.type(), rowShape)
              .reserve((long) stepIds.rows() * (rowShape.length == 0 ? 1 : width)));
    }
  }

  /**
   * Derives the seventeen arrays by name, in schema order.
   *
   * @param tables array by slash path; a path that is missing is its error to raise
   * @param gamma discount of a state that has a successor
   */
  public static Map<String, TypedArray> derive(Function<String, TypedArray> tables, double gamma) {
    QhView view = new QhView(tables);
    view.writeParents();
    view.writeActions();
    view.writeTransitions(gamma);
    Map<String, TypedArray> arrays = new LinkedHashMap<>();
    view.columns.forEach((name, builder) -> arrays.put(name, builder.build(view.stepIds.rows())));
    return arrays;
  }

  private void writeParents() {
    TypedArray ids = tables.apply("rollouts/rollout_row_id");
    TypedArray sources = tables.apply("rollouts/source_row_id");
    TypedArray targets = tables.apply("rollouts/target_row_id");
    Map<Long, List<Integer>> byId = new HashMap<>();
    for (int row = 0; row < ids.rows(); row++) {
      byId.computeIfAbsent(ids.longAt(row), id -> new ArrayList<>()).add(row);
    }
    for (int state = 0; state < stepIds.rows(); state++) {
      List<Integer> rows = byId.getOrDefault(stepRollouts.longAt(state), List.of());
      boolean unique = rows.size() == 1;
      add("state_step_row_id", stepIds.longAt(state));
      add("source_row_id", unique ? sources.longAt(rows.get(0)) : -1);
      add("target_row_id", unique ? targets.longAt(rows.get(0)) : 0);
    }
  }

  private void add(String column, long value) {
    columns.get(column).add(value);
  }

  private void writeActions() {
    TypedArray actorMask = tables.apply("candidates/actor_action_mask");
    TypedArray trainMask = tables.apply("candidates/q_train_mask");
    TypedArray positions = tables.apply("candidates/position_id");
    TypedArray rri = tables.apply("candidates/target_rri");
    TypedArray gain = tables.apply("candidates/target_root_gain");
    TypedArray bitsets = tables.apply("candidates/invalid_reason_bitset");
    for (List<Integer> shell : shells) {
      for (int row : shell) {
        boolean valid = actorMask.booleanAt(row);
        add("candidate_row_id", candidateIds.longAt(row));
        add("valid_action_mask", valid ? 1 : 0);
        add("q_train_mask", valid && trainMask.booleanAt(row) ? 1 : 0);
        add("position_id", positions.longAt(row));
        columns.get("one_step_target_rri").add(valid ? rri.doubleAt(row) : Double.NaN);
        columns.get("one_step_target_root_gain").add(valid ? gain.doubleAt(row) : Double.NaN);
        add("invalid_reason_bitset", bitsets.longAt(row));
      }
      for (String column : PADDED) {
        double padding =
            StoreSchema.current()
                .array("q_h/" + column)
                .orElseThrow()
                .missing()
                .orElseThrow()
                .value();
        columns.get(column).repeat(padding, width - shell.size());
      }
    }
  }

  private record Position(long rollout, long stepIndex) {}

  private void writeTransitions(double gamma) {
    TypedArray stepIndexes = tables.apply("steps/step_index");
    TypedArray gain = tables.apply("candidates/target_root_gain");
    TypedArray rri = tables.apply("candidates/target_rri");
    Map<Position, Long> steps = new HashMap<>();
    for (int state = 0; state < stepIds.rows(); state++) {
      steps.putIfAbsent(
          new Position(stepRollouts.longAt(state), stepIndexes.longAt(state)),
          stepIds.longAt(state));
    }
    for (int state = 0; state < stepIds.rows(); state++) {
      int selected = selectedIndex(state);
      add("selected_candidate_index", selected);
      add("td_selected_candidate_row_id", selectedCandidates.longAt(state));
      long next = -1;
      double reward = Double.NaN;
      double rriReward = Double.NaN;
      if (selected >= 0) {
        int row = shells.get(state).get(selected);
        Position successor =
            new Position(stepRollouts.longAt(state), stepIndexes.longAt(state) + 1);
        next = steps.getOrDefault(successor, -1L);
        reward = gain.doubleAt(row);
        rriReward = rri.doubleAt(row);
      }
      columns.get("td_reward").add(reward);
      columns.get("td_reward_target_rri").add(rriReward);
      add("td_next_step_row_id", next);
      add("td_terminal_mask", next < 0 ? 1 : 0);
      columns.get("td_discount").add(next < 0 ? 0.0 : gamma);
    }
  }

  private int selectedIndex(int state) {
    List<Integer> shell = shells.get(state);
    for (int j = shell.size() - 1; j >= 0; j--) {
      if (candidateIds.longAt(shell.get(j)) == selectedCandidates.longAt(state)) {
        return j;
      }
    }
    return -1;
  }
}
