package org.nbvrollouts.store.rollout;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.nbvrollouts.store.source.DoubleColumn;

/**
 * One step: the complete candidate shell, what the oracle said of it, and what was chosen.
 *
 * <p>Metric vectors have one value per candidate of the shell or one per valid candidate; NaN means
 * absent. Names are those of specification store 4.7.
 *
 * @param stepIndex 0-based depth in the chain
 * @param candidates the full shell in sampling order
 * @param selectedShellIndex chosen row of the shell
 * @param selectedValidIndex its rank among valid rows
 * @param selectionScoreLabel name of the score that drove selection
 * @param selectionPolicy policy of this step
 * @param selectionTemperature softmax policies only
 * @param selection distribution the choice was drawn from
 * @param metricVectors name to vector, in insertion order
 * @param selectedMetrics name to value of the chosen candidate
 * @param selectedDepth depth image from the chosen pose
 * @param evalCrops optional audit point clouds
 */
public record RolloutStepRecord(
    int stepIndex,
    CandidateShell candidates,
    int selectedShellIndex,
    int selectedValidIndex,
    String selectionScoreLabel,
    String selectionPolicy,
    OptionalDouble selectionTemperature,
    Optional<SelectionDistribution> selection,
    Map<String, DoubleColumn> metricVectors,
    Map<String, Double> selectedMetrics,
    Optional<SelectedDepth> selectedDepth,
    Optional<TargetEvalCrops> evalCrops) {

  public RolloutStepRecord {
    metricVectors = Collections.unmodifiableMap(new LinkedHashMap<>(metricVectors));
    selectedMetrics = Collections.unmodifiableMap(new LinkedHashMap<>(selectedMetrics));
  }
}
