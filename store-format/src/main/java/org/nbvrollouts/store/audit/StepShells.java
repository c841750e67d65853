package org.nbvrollouts.store.audit;

import java.util.Arrays;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.IdIndex;
import org.nbvrollouts.store.table.TypedArrayBuilder;

/**
 * What some steps say through their candidates: the entropy of their choice, the best gain they
 * could have chosen, and the values of the candidate they chose. Found by one pass over the
 * candidates, page by page; about a hundred bytes per step are kept, whatever the number of
 * candidates. Steps are addressed by their position among those asked for.
 */
final class StepShells {
  private final IdIndex selectedIds;
  private final long[] selected;
  private final int[] choices;
  private final double[] mass;
  private final double[] massLog;
  private final double[] bestGain;
  private final SelectedCandidate[] chosen;

  /** Values of a chosen candidate; NaN where the store has none. */
  record SelectedCandidate(
      double targetRri,
      double targetRootGain,
      double sceneRri,
      double probability,
      double samplerProbability,
      int strategyId,
      int positionId,
      int mixtureId,
      int invalidReason) {}

  private StepShells(long[] selected) {
    this.selected = selected;
    this.selectedIds = index(selected);
    this.choices = new int[selected.length];
    this.mass = new double[selected.length];
    this.massLog = new double[selected.length];
    this.bestGain = new double[selected.length];
    this.chosen = new SelectedCandidate[selected.length];
    Arrays.fill(bestGain, Double.NaN);
  }

  /**
   * Goes through the candidates of a store.
   *
   * @param stepIds ids of the steps asked for
   * @param selectedIds id of the candidate that each of them names as its choice
   */
  static StepShells scan(AuditTable candidates, long[] stepIds, long[] selectedIds) {
    StepShells shells = new StepShells(selectedIds);
    if (stepIds.length > 0) {
      shells.read(new ShellColumns(candidates), index(stepIds), candidates.rows());
    }
    return shells;
  }

  private static IdIndex index(long[] ids) {
    TypedArrayBuilder column = new TypedArrayBuilder(ElementType.INT64).reserve(ids.length);
    for (long id : ids) {
      column.add(id);
    }
    return IdIndex.of(column.build());
  }

  private void read(ShellColumns columns, IdIndex stepIds, int rows) {
    for (int row = 0; row < rows; row++) {
      int step = stepIds.row(columns.stepId(row));
      if (step >= 0 && columns.isActorValid(row)) {
        addValid(step, columns.probability(row), columns.targetRootGain(row));
      }
      if (columns.isSelected(row)) {
        int choosing = selectedIds.row(columns.id(row));
        if (choosing >= 0 && chosen[choosing] == null) {
          chosen[choosing] = columns.candidate(row);
        }
      }
    }
  }

  private void addValid(int step, double probability, double gain) {
    if (Double.isFinite(probability) && probability > 0) {
      choices[step]++;
      mass[step] += probability;
      massLog[step] += probability * Math.log(probability);
    }
    if (Double.isFinite(gain) && !(gain <= bestGain[step])) {
      bestGain[step] = gain;
    }
  }

  /** The chosen candidate, or null if no candidate of that id is marked as chosen. */
  SelectedCandidate selected(int step) {
    int first = selectedIds.row(selected[step]);
    return chosen[first];
  }

  /**
   * −Σ p ln p over the renormalised probabilities of actor-valid candidates, in nats; NaN if there
   * are none. With M = Σ q over stored q this is ln M − (Σ q ln q) / M, which needs no second pass.
   */
  double entropy(int step) {
    if (choices[step] == 0) {
      return Double.NaN;
    }
    return choices[step] == 1
        ? 0.0
        : Math.max(0.0, Math.log(mass[step]) - massLog[step] / mass[step]);
  }

  /** Largest root gain among actor-valid candidates; NaN if none has a finite one. */
  double bestValidTargetRootGain(int step) {
    return bestGain[step];
  }
}
