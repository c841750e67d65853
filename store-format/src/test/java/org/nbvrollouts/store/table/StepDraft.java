package org.nbvrollouts.store.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.SelectedDepth;
import org.nbvrollouts.store.rollout.SelectionDistribution;
import org.nbvrollouts.store.rollout.TargetEvalCrops;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.MaskColumn;
import org.nbvrollouts.store.source.Pose12;

/** A step of two candidates, the first valid and chosen, that tests change one part of. */
final class StepDraft {
  int stepIndex;
  MaskColumn valid = MaskColumn.of(true, false);
  Map<String, MaskColumn> rules = Map.of();
  List<Pose12> poses = List.of(Pose12.IDENTITY, Pose12.IDENTITY);
  IntColumn strategies = IntColumn.of(0, 0);
  IntColumn positions = IntColumn.of(1, 1);
  IntColumn mixtures = IntColumn.of(0, 0);
  DoubleColumn probability = DoubleColumn.of(0.5, 0.5);
  Map<String, DoubleColumn> extras = Map.of();
  int selectedShellIndex;
  int selectedValidIndex;
  String policy = "oracle_greedy";
  OptionalDouble temperature = OptionalDouble.empty();
  Map<String, DoubleColumn> metrics =
      Map.of("target_rri", DoubleColumn.of(0.5), "target_root_gain", DoubleColumn.of(0.5));
  Map<String, Double> selected = Map.of();
  SelectionDistribution selection =
      new SelectionDistribution(DoubleColumn.of(1), DoubleColumn.of(1), DoubleColumn.of(0));
  SelectedDepth depth =
      new SelectedDepth(2, 1, new float[] {1, 2}, new boolean[] {true, true}, 1, 1, 1, 1);
  TargetEvalCrops crops;

  RolloutStepRecord build() {
    CandidateShell shell =
        new CandidateShell(
            valid,
            rules,
            poses,
            Optional.of(strategies),
            Optional.of(positions),
            Optional.of(mixtures),
            Optional.of(probability),
            extras);
    return new RolloutStepRecord(
        stepIndex,
        shell,
        selectedShellIndex,
        selectedValidIndex,
        "target_root_gain",
        policy,
        temperature,
        Optional.of(selection),
        metrics,
        selected,
        Optional.ofNullable(depth),
        Optional.ofNullable(crops));
  }
}
