package org.nbvrollouts.store.audit;

import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.nbvrollouts.store.audit.StepShells.SelectedCandidate;

/** Columns of the steps of a store, by slot of their order. Not thread-safe. */
final class StepObjectiveColumns {
  private final AuditStore store;
  private final AuditTable steps;
  private final RolloutFacts rollouts;
  private final StepOrder order;
  private final StepShells shells;
  private final AuditColumns columns = new AuditColumns();

  /** Reads the candidates once, for the steps that the limit leaves. */
  StepObjectiveColumns(AuditStore store, AuditQuery query) {
    this.store = store;
    this.steps = store.table("steps");
    this.rollouts = new RolloutFacts(store);
    this.order = StepOrder.of(steps, query);
    int kept = (int) Math.min(order.size(), Math.max(0, query.limit().orElse(Long.MAX_VALUE)));
    AuditColumn selected = steps.column("selected_candidate_row_id");
    this.shells =
        StepShells.scan(
            store.table("candidates"),
            IntStream.range(0, kept).mapToLong(order::id).toArray(),
            IntStream.range(0, kept).mapToLong(slot -> selected.longAt(order.row(slot))).toArray());
    addChain();
    addObjectives();
    addChoice();
  }

  AuditColumns columns() {
    return columns;
  }

  int slots() {
    return order.size();
  }

  AuditRows rows(OptionalLong limit) {
    return columns.rows(order.size(), slot -> true, limit);
  }

  private void addChain() {
    columns.add("rollout_row_id", order::rollout);
    columns.add("step_row_id", order::id);
    columns.add("step_index", order::index);
    for (String name : new String[] {"chain_id", "horizon", "branch_factor", "beam_width"}) {
      columns.add(name, ofRollout(rollouts.table().optional(name)::integer));
    }
    columns.add("temperature", ofRollout(rollouts.table().optional("temperature")::number));
    columns.add("scene", slot -> rollouts.scene(order.rollout(slot)));
    columns.add("split", slot -> rollouts.split(order.rollout(slot)));
    columns.add("policy", slot -> rollouts.policy(order.rollout(slot)));
    columns.add("target_row_id", slot -> rollouts.target(order.rollout(slot)));
  }

  private <T> IntFunction<T> ofRollout(IntFunction<T> column) {
    return slot -> {
      OptionalInt row = rollouts.row(order.rollout(slot));
      return row.isEmpty() ? null : column.apply(row.getAsInt());
    };
  }

  private void addObjectives() {
    for (String name :
        new String[] {
          "cumulative_target_rri",
          "cumulative_scene_rri",
          "cumulative_target_root_gain",
          "cumulative_scene_root_gain"
        }) {
      columns.add(name, ofStep(steps.optional(name)::number));
    }
    columns.add("marginal_target_rri", marginal("cumulative_target_rri"));
    columns.add("marginal_target_root_gain", marginal("cumulative_target_root_gain"));
    AuditColumn all = steps.column("num_candidates");
    AuditColumn valid = steps.column("num_valid_candidates");
    columns.add("num_candidates", ofStep(all::longAt));
    columns.add("num_valid_candidates", ofStep(valid::longAt));
    columns.add(
        "invalid_fraction",
        ofStep(
            row -> all.longAt(row) <= 0 ? null : 1 - (double) valid.longAt(row) / all.longAt(row)));
  }

  private <T> IntFunction<T> ofStep(IntFunction<T> column) {
    return slot -> column.apply(order.row(slot));
  }

  /** What a step added; unknown where the step or the one before it has no number. */
  private IntFunction<Double> marginal(String cumulative) {
    AuditColumn column = steps.optional(cumulative);
    IntToDoubleFunction value = slot -> column.doubleAt(order.row(slot));
    return slot ->
        order.hasPrevious(slot)
            ? value.applyAsDouble(slot) - value.applyAsDouble(slot - 1)
            : value.applyAsDouble(slot);
  }

  private void addChoice() {
    columns.add(
        "selected_candidate_row_id", ofStep(steps.column("selected_candidate_row_id")::longAt));
    SelectedColumns selected = new SelectedColumns(store, shells::selected);
    columns.add("selected_target_rri", selected.number(SelectedCandidate::targetRri));
    columns.add("selected_target_root_gain", selected.number(SelectedCandidate::targetRootGain));
    columns.add("selected_scene_rri", selected.number(SelectedCandidate::sceneRri));
    columns.add("selected_probability", selected.number(SelectedCandidate::probability));
    columns.add(
        "selected_sampler_probability", selected.number(SelectedCandidate::samplerProbability));
    columns.add("selected_entropy", shells::entropy);
    columns.add("effective_choices", slot -> Math.exp(shells.entropy(slot)));
    columns.add("best_valid_target_root_gain", shells::bestValidTargetRootGain);
    columns.add("regret", this::regret);
    columns.add("selected_strategy", selected.strategy());
    columns.add("selected_position", selected.position());
    columns.add("selected_mixture", selected.mixture());
    columns.add("selected_invalid_reason", selected.invalidReason());
  }

  private double regret(int slot) {
    SelectedCandidate chosen = shells.selected(slot);
    return chosen == null
        ? Double.NaN
        : shells.bestValidTargetRootGain(slot) - chosen.targetRootGain();
  }
}
