package org.nbvrollouts.pipeline.target;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.nbvrollouts.pipeline.random.CounterRandom;
import org.nbvrollouts.pipeline.random.StateKeyedSeeds;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;

/**
 * Takes targets from the ground-truth boxes of a sample: boxes that can be told apart, in a random
 * order that follows from the seed and the sample key (specification generation 3.1). Projection,
 * support and confidence are recorded and gate nothing.
 */
public final class OracleTargetTaskSampler implements RolloutTargetSource {
  /** Name of this source in configuration. */
  public static final String NAME = "oracle_target_task_sampler";

  /** Skip reason of a sample without any ground-truth box. */
  public static final String NO_TASKS = "no_oracle_target_tasks";

  /** Skip reason of a sample whose boxes all failed the gate. */
  public static final String NO_VALID_TASKS = "no_identity_valid_oracle_target_tasks";

  private final OracleTargetSamplerConfig config;
  private final IdentityGate gate;

  public OracleTargetTaskSampler(OracleTargetSamplerConfig config) {
    this.config = config;
    gate = new IdentityGate(config);
  }

  @Override
  public TargetSelection select(SourceSample sample) {
    List<WorldBox> table = truth(sample).map(WorldBoxTable::boxes).orElse(List.of());
    List<JudgedBox> matched = new ArrayList<>();
    List<RejectedTarget> rejected = new ArrayList<>();
    for (WorldBox box : table) {
      JudgedBox judged = new JudgedBox(box, gate.judge(box, table));
      if (judged.verdict().status() == IdentityGate.Status.MATCHED) {
        matched.add(judged);
      } else {
        rejected.add(judged.rejected(sample.identity(), judged.verdict().status().text()));
      }
    }
    int taken = Math.min(config.maxTargetsPerSample().orElse(matched.size()), matched.size());
    List<JudgedBox> order = permuted(matched, sample.identity().sampleKey());
    for (JudgedBox judged : order.subList(taken, order.size())) {
      rejected.add(judged.rejected(sample.identity(), RejectedTarget.NOT_DRAWN));
    }
    rejected.sort(Comparator.comparingInt(RejectedTarget::sourceIndex));
    return new TargetSelection(
        describe(order.subList(0, taken), matched.size(), sample),
        rejected,
        skipReason(table, matched));
  }

  private static Optional<String> skipReason(List<WorldBox> table, List<JudgedBox> matched) {
    if (!matched.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(table.isEmpty() ? NO_TASKS : NO_VALID_TASKS);
  }

  /** Fisher–Yates from the end, one number per exchange. */
  private List<JudgedBox> permuted(List<JudgedBox> rows, String sampleKey) {
    CounterRandom random = new CounterRandom(StateKeyedSeeds.targets(config.seed(), sampleKey));
    List<JudgedBox> order = new ArrayList<>(rows);
    for (int last = order.size() - 1; last > 0; last--) {
      int other = (int) (random.doubleAt(order.size() - 1 - last) * (last + 1));
      JudgedBox moved = order.get(last);
      order.set(last, order.get(other));
      order.set(other, moved);
    }
    return order;
  }

  private List<SelectedTarget> describe(
      List<JudgedBox> chosen, int matchedCount, SourceSample sample) {
    Optional<WorldBoxTable> table = truth(sample);
    if (chosen.isEmpty() || table.isEmpty()) {
      return List.of();
    }
    EvidenceCounter counter = new EvidenceCounter(config.evidence(), sample.actor());
    TargetDraw draw = TargetDraw.uniform((double) chosen.size() / matchedCount);
    List<SelectedTarget> targets = new ArrayList<>();
    for (JudgedBox judged : chosen) {
      TargetEvidence evidence = counter.count(judged.box());
      targets.add(describe(judged, table.get(), evidence, scores(judged, targets.size(), draw)));
    }
    return targets;
  }

  private TargetScores scores(JudgedBox judged, int rank, TargetDraw draw) {
    return new TargetScores(
        config.policy().key(), rank, judged.verdict().iou(), draw, OptionalDouble.empty(), 1, 1, 0);
  }

  private static SelectedTarget describe(
      JudgedBox judged, WorldBoxTable table, TargetEvidence evidence, TargetScores scores) {
    TargetRow row = table.row(judged.box());
    OracleTarget truth = table.oracleTarget(judged.box());
    IdentityGate.Verdict verdict = judged.verdict();
    return new SelectedTarget(
        new ActorTarget(row.targetId(), scores.rank(), row.centreWorld(), evidence),
        Optional.of(truth),
        row,
        scores,
        new TargetMatch(
            verdict.status().text(),
            OptionalLong.of(truth.sourceRowId()),
            Optional.of(truth.targetId()),
            verdict.iou(),
            verdict.iou()),
        verdict.status().reasons());
  }

  private static Optional<WorldBoxTable> truth(SourceSample sample) {
    return WorldBoxTable.groundTruth(WorldBoxTable.GROUND_TRUTH, sample);
  }

  /** A box of the table with the outcome of the gate. */
  private record JudgedBox(WorldBox box, IdentityGate.Verdict verdict) {

    RejectedTarget rejected(SampleIdentity sample, String status) {
      return new RejectedTarget(
          WorldBoxTable.targetId(sample, WorldBoxTable.GROUND_TRUTH, box.box()),
          box.box().sourceIndex(),
          status,
          verdict.status().reasons(),
          verdict.iou(),
          verdict.gap());
    }
  }
}
