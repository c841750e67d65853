package org.nbvrollouts.pipeline.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nbvrollouts.pipeline.oracle.RootEvaluationCloud;
import org.nbvrollouts.pipeline.oracle.TargetFailure;
import org.nbvrollouts.pipeline.target.SelectedTarget;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;

/** Collects records, skips and counters of one row. */
final class OutcomeCollector {
  private final String sampleKey;
  private final List<RolloutZarrRecord> records = new ArrayList<>();
  private final List<SampleOutcome.TargetOutcome> targets = new ArrayList<>();
  private final Map<String, Long> skippedReasons = new TreeMap<>();
  private Optional<String> skipReason = Optional.empty();
  private Optional<SampleOutcome.RootCloudChoice> rootCloud = Optional.empty();
  private long samplesWithoutMesh;
  private long targetsSelected;
  private long targetsLabelInvalid;
  private long targetInvalidSkips;
  private long rolloutInvalidSkips;
  private long rolloutsWritten;

  OutcomeCollector(String sampleKey) {
    this.sampleKey = sampleKey;
  }

  void skipSample(String reason) {
    skipReason = Optional.of(reason);
    count(reason);
  }

  void skipSampleWithoutMesh() {
    samplesWithoutMesh++;
    skipSample(SkipReason.MISSING_SNIPPET_OR_MESH);
  }

  void rootCloud(RootEvaluationCloud cloud) {
    rootCloud =
        Optional.of(new SampleOutcome.RootCloudChoice(cloud.source(), cloud.pointsWorld().size()));
  }

  void targetSelected() {
    targetsSelected++;
  }

  void skipTargetWithoutLabel(SelectedTarget target) {
    targetsLabelInvalid++;
    skipTarget(target, target.match().status(), "");
  }

  void skipUnscorableTarget(SelectedTarget target, TargetFailure failure, String detail) {
    targetInvalidSkips++;
    skipTarget(target, SkipReason.targetScorer(failure.name()), detail);
  }

  void skipTarget(SelectedTarget target, String reason, String detail) {
    count(reason);
    targets.add(
        new SampleOutcome.TargetOutcome(
            target.actor().rank(),
            target.actor().targetId(),
            Optional.of(reason),
            detail,
            List.of()));
  }

  void target(SelectedTarget target, List<SampleOutcome.RecipeOutcome> recipes) {
    targets.add(
        new SampleOutcome.TargetOutcome(
            target.actor().rank(), target.actor().targetId(), Optional.empty(), "", recipes));
  }

  SampleOutcome.RecipeOutcome skipRecipe(RolloutRecipeConfig recipe, String reason, String detail) {
    rolloutInvalidSkips++;
    count(reason);
    return new SampleOutcome.RecipeOutcome(recipe.name(), 0, Optional.of(reason), detail);
  }

  SampleOutcome.RecipeOutcome record(RolloutRecipeConfig recipe, RolloutZarrRecord record) {
    records.add(record);
    int rollouts = record.result().trajectories().size();
    rolloutsWritten += rollouts;
    return new SampleOutcome.RecipeOutcome(recipe.name(), rollouts, Optional.empty(), "");
  }

  SampleRollouts finish(StageClock clock) {
    return new SampleRollouts(
        records,
        new SampleOutcome(sampleKey, skipReason, rootCloud, targets),
        new RolloutDatasetWriterStats(
            1,
            samplesWithoutMesh,
            targetsSelected,
            targetsLabelInvalid,
            targetInvalidSkips,
            rolloutInvalidSkips,
            rolloutsWritten,
            skippedReasons),
        clock.timings(),
        clock.work());
  }

  private void count(String reason) {
    skippedReasons.merge(reason, 1L, Long::sum);
  }
}
