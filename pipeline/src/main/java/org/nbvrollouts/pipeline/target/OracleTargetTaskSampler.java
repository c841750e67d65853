package org.nbvrollouts.pipeline.target;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.nbvrollouts.pipeline.random.CounterRandom;
import org.nbvrollouts.pipeline.random.StateKeyedSeeds;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Pose12;
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

  /** Name of the table that targets of this source come from. */
  public static final String TABLE = "gt_obbs_oracle";

  /** Name of the table that matches refer to. */
  public static final String MATCH_TABLE = "gt_obbs";

  /** Name of the selection policy. */
  public static final String POLICY = "oracle_identity_valid_uniform";

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
    List<WorldBox> table =
        sample.oracle().groundTruth().map(boxes -> inWorld(boxes, sample)).orElse(List.of());
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
    int taken = Math.min(config.maxTargetsPerSample(), matched.size());
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

  private static List<WorldBox> inWorld(BoxTable table, SourceSample sample) {
    Pose12 worldFromTable =
        table.frame() == BoxTable.Frame.WORLD
            ? Pose12.IDENTITY
            : sample
                .actor()
                .worldFromSnippet()
                .orElseGet(() -> sample.actor().trajectory().worldFromRig().get(0));
    return table.boxes().stream()
        .map(box -> new WorldBox(box, worldFromTable.compose(box.tableFromObject())))
        .toList();
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
    if (chosen.isEmpty()) {
      return List.of();
    }
    EvidenceCounter counter = new EvidenceCounter(config.evidence(), sample.actor());
    double probability = (double) chosen.size() / matchedCount;
    List<SelectedTarget> targets = new ArrayList<>();
    for (JudgedBox judged : chosen) {
      targets.add(
          judged.selected(sample, counter.count(judged.box()), targets.size(), probability));
    }
    return targets;
  }

  /** A box of the table with the outcome of the gate. */
  private record JudgedBox(WorldBox box, IdentityGate.Verdict verdict) {

    RejectedTarget rejected(SampleIdentity sample, String status) {
      return new RejectedTarget(
          targetId(sample, TABLE),
          box.box().sourceIndex(),
          status,
          verdict.status().reasons(),
          verdict.iou(),
          verdict.gap());
    }

    SelectedTarget selected(
        SourceSample sample, TargetEvidence evidence, int rank, double probability) {
      OrientedBox source = box.box();
      String id = targetId(sample.identity(), TABLE);
      String matchId = targetId(sample.identity(), MATCH_TABLE);
      return new SelectedTarget(
          new ActorTarget(id, rank, box.centreWorld(), evidence),
          Optional.of(
              new OracleTarget(
                  matchId, source.sourceIndex(), box.worldFromObject(), box.boundsObject())),
          row(sample, id),
          new TargetScores(
              POLICY, rank, verdict.iou(), probability, OptionalDouble.empty(), 1, 1, 0),
          new TargetMatch(
              verdict.status().text(),
              OptionalLong.of(source.sourceIndex()),
              Optional.of(matchId),
              verdict.iou(),
              verdict.iou()),
          verdict.status().reasons());
    }

    private TargetRow row(SourceSample sample, String id) {
      OrientedBox source = box.box();
      return new TargetRow(
          id,
          TABLE,
          source.sourceIndex(),
          source.semanticId(),
          source.instanceId(),
          sample.oracle().groundTruth().map(table -> table.classNames().get(source.semanticId())),
          source.confidence(),
          box.centreWorld(),
          box.extentsMetres(),
          box.worldFromObject(),
          sample
              .actor()
              .referencePoseWorldRig()
              .map(reference -> reference.inverse().compose(box.worldFromObject())));
    }

    private String targetId(SampleIdentity sample, String table) {
      OrientedBox source = box.box();
      return sample.sceneId()
          + ":"
          + sample.snippetId()
          + ":"
          + table
          + ":sem="
          + source.semanticId()
          + ":inst="
          + source.instanceId()
          + ":idx="
          + source.sourceIndex();
    }
  }
}
