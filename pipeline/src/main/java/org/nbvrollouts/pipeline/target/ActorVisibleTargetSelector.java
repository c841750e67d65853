package org.nbvrollouts.pipeline.target;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.nbvrollouts.pipeline.random.CounterRandom;
import org.nbvrollouts.pipeline.random.StateKeyedSeeds;
import org.nbvrollouts.store.schema.TargetInvalidReason;
import org.nbvrollouts.store.source.SourceSample;

/**
 * Takes targets from what an actor has detected: rows with enough evidence, ranked by how much of
 * the object is seen and how much of it is still missing. Ground truth is looked at only after the
 * choice, to find labels (specification generation 3.2 to 3.5).
 */
public final class ActorVisibleTargetSelector implements RolloutTargetSource {
  /** Name of this source in configuration. */
  public static final String NAME = "actor_visible_selector";

  /** Skip reason of a sample without any row to choose from. */
  public static final String NO_ROWS = "no_actor_visible_targets";

  /** Skip reason of a sample none of whose rows is eligible. */
  public static final String NO_RANKED = "no_ranked_targets";

  private final TargetSelectorConfig config;
  private final TargetChooser chooser;
  private final GroundTruthMatcher matcher;

  public ActorVisibleTargetSelector(TargetSelectorConfig config) {
    this.config = config;
    chooser = new TargetChooser(config.choice());
    matcher = new GroundTruthMatcher(config.sourceMode(), config.match());
  }

  @Override
  public TargetSelection select(SourceSample sample) {
    Optional<WorldBoxTable> table = table(sample);
    if (table.isEmpty() || table.get().boxes().isEmpty()) {
      return new TargetSelection(List.of(), List.of(), Optional.of(NO_ROWS));
    }
    List<JudgedTarget> judged = judge(table.get(), sample);
    List<TargetChooser.Choice> choices =
        chooser.choose(
            judged.stream().filter(JudgedTarget::isEligible).toList(),
            uniforms(sample.identity().sampleKey()));
    return new TargetSelection(
        describe(choices, table.get(), sample),
        rejected(judged, choices),
        choices.isEmpty() ? Optional.of(NO_RANKED) : Optional.empty());
  }

  private Optional<WorldBoxTable> table(SourceSample sample) {
    return switch (config.sourceMode()) {
      case V1_ACTOR_VISIBLE -> WorldBoxTable.detected(sample);
      case V0_GT_SANITY -> WorldBoxTable.groundTruth(WorldBoxTable.GROUND_TRUTH, sample);
    };
  }

  private List<JudgedTarget> judge(WorldBoxTable table, SourceSample sample) {
    TargetJudge judge =
        new TargetJudge(
            config.eligibility(), new EvidenceCounter(config.evidence(), sample.actor()));
    return table.boxes().stream().map(box -> judge.judge(box, table.targetId(box.box()))).toList();
  }

  private DoubleSupplier uniforms(String sampleKey) {
    return new CounterRandom(StateKeyedSeeds.targets(config.choice().seed(), sampleKey)).stream();
  }

  private List<SelectedTarget> describe(
      List<TargetChooser.Choice> choices, WorldBoxTable table, SourceSample sample) {
    List<GroundTruthMatcher.Outcome> outcomes =
        matcher.match(
            choices.stream().map(choice -> choice.target().box()).toList(),
            WorldBoxTable.groundTruth(WorldBoxTable.MATCHED_GROUND_TRUTH, sample));
    List<SelectedTarget> targets = new ArrayList<>();
    for (int rank = 0; rank < choices.size(); rank++) {
      JudgedTarget judged = choices.get(rank).target();
      GroundTruthMatcher.Outcome outcome = outcomes.get(rank);
      targets.add(
          new SelectedTarget(
              new ActorTarget(
                  judged.targetId(), rank, judged.box().centreWorld(), judged.evidence()),
              outcome.truth(),
              table.row(judged.box()),
              scores(choices.get(rank), rank),
              outcome.match(),
              outcome.reasons()));
    }
    return targets;
  }

  private TargetScores scores(TargetChooser.Choice choice, int rank) {
    JudgedTarget judged = choice.target();
    TargetChoiceConfig how = config.choice();
    return new TargetScores(
        how.policy().key(),
        rank,
        judged.score(),
        choice.draw(),
        how.policy() == TargetChoicePolicy.TEMPERATURE_SOFTMAX_TOP_K
            ? OptionalDouble.of(how.temperature())
            : OptionalDouble.empty(),
        judged.visibility(),
        judged.support(),
        judged.deficit());
  }

  private static List<RejectedTarget> rejected(
      List<JudgedTarget> judged, List<TargetChooser.Choice> choices) {
    Set<Integer> taken =
        choices.stream()
            .map(choice -> choice.target().sourceIndex())
            .collect(Collectors.toUnmodifiableSet());
    return judged.stream()
        .filter(row -> !taken.contains(row.sourceIndex()))
        .sorted(Comparator.comparingInt(JudgedTarget::sourceIndex))
        .map(ActorVisibleTargetSelector::rejected)
        .toList();
  }

  private static RejectedTarget rejected(JudgedTarget row) {
    return new RejectedTarget(
        row.targetId(),
        row.sourceIndex(),
        row.isEligible()
            ? RejectedTarget.BEYOND_K
            : TargetInvalidReason.decodeTargetInvalidReason(row.reasons().primary()),
        row.reasons(),
        Double.NaN,
        Double.NaN);
  }
}
