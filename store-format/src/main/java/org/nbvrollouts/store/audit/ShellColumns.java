package org.nbvrollouts.store.audit;

import org.nbvrollouts.store.audit.StepShells.SelectedCandidate;

/** What the views of steps ask of candidates, by row. Not thread-safe. */
final class ShellColumns {
  private final AuditColumn id;
  private final AuditColumn stepId;
  private final AuditColumn actorAction;
  private final AuditColumn selected;
  private final AuditColumn probability;
  private final AuditColumn targetRootGain;
  private final AuditColumn targetRri;
  private final AuditColumn sceneRri;
  private final AuditColumn samplerProbability;
  private final AuditColumn strategyId;
  private final AuditColumn positionId;
  private final AuditColumn mixtureId;
  private final AuditColumn invalidReason;

  ShellColumns(AuditTable candidates) {
    this.id = candidates.column("candidate_row_id");
    this.stepId = candidates.column("step_row_id");
    this.actorAction = candidates.column("actor_action_mask");
    this.selected = candidates.column("selected_mask");
    this.probability = candidates.optional("selection_probabilities");
    this.targetRootGain = candidates.optional("target_root_gain");
    this.targetRri = candidates.optional("target_rri");
    this.sceneRri = candidates.optional("scene_rri");
    this.samplerProbability = candidates.optional("sampler_probability");
    this.strategyId = candidates.optional("strategy_id");
    this.positionId = candidates.optional("position_id");
    this.mixtureId = candidates.optional("mixture_id");
    this.invalidReason = candidates.optional("primary_invalid_reason");
  }

  long id(int row) {
    return id.longAt(row);
  }

  long stepId(int row) {
    return stepId.longAt(row);
  }

  boolean isActorValid(int row) {
    return actorAction.booleanAt(row);
  }

  boolean isSelected(int row) {
    return selected.booleanAt(row);
  }

  double probability(int row) {
    return probability.doubleAt(row);
  }

  double targetRootGain(int row) {
    return targetRootGain.doubleAt(row);
  }

  SelectedCandidate candidate(int row) {
    return new SelectedCandidate(
        targetRri.doubleAt(row),
        targetRootGain.doubleAt(row),
        sceneRri.doubleAt(row),
        probability.doubleAt(row),
        samplerProbability.doubleAt(row),
        code(strategyId, row),
        code(positionId, row),
        code(mixtureId, row),
        code(invalidReason, row));
  }

  private static int code(AuditColumn column, int row) {
    return column.isPresent() ? (int) column.longAt(row) : -1;
  }
}
