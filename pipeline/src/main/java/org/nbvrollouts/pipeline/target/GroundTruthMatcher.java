package org.nbvrollouts.pipeline.target;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.nbvrollouts.store.schema.TargetInvalidReason;

/**
 * Finds the ground-truth box of each selected row: same class, enough overlap, clearly better than
 * the next (specification generation 3.5). Works on what was selected and never changes it.
 */
final class GroundTruthMatcher {
  /** A true box that overlaps enough. */
  private record Overlap(WorldBox box, double iou, double score) {}

  /**
   * What became of one row.
   *
   * @param reasons that the match adds; valid alone if it adds none
   * @param truth matched box, if there is one
   */
  record Outcome(TargetMatch match, TargetReasons reasons, Optional<OracleTarget> truth) {
    private static Outcome without(String status, TargetInvalidReason reason) {
      return new Outcome(TargetMatch.none(status), TargetReasons.of(reason), Optional.empty());
    }
  }

  private final TargetSourceMode mode;
  private final GroundTruthMatchConfig config;
  private final SampledIou overlap;

  GroundTruthMatcher(TargetSourceMode mode, GroundTruthMatchConfig config) {
    this.mode = mode;
    this.config = config;
    overlap = new SampledIou(config.gtIouSamples());
  }

  /**
   * Outcomes of the selected rows, in their order.
   *
   * @param truth ground-truth table, if the sample has one
   */
  List<Outcome> match(List<WorldBox> selected, Optional<WorldBoxTable> truth) {
    List<Outcome> outcomes = new ArrayList<>();
    for (WorldBox box : selected) {
      outcomes.add(match(box, truth));
    }
    return mode == TargetSourceMode.V1_ACTOR_VISIBLE ? withoutSharedTruth(outcomes) : outcomes;
  }

  private Outcome match(WorldBox box, Optional<WorldBoxTable> truth) {
    if (!config.matchGt()) {
      return Outcome.without(TargetMatch.NOT_REQUESTED, TargetInvalidReason.VALID);
    }
    if (truth.isEmpty()) {
      return Outcome.without(TargetMatch.MISSING_GT, TargetInvalidReason.VALID);
    }
    if (mode == TargetSourceMode.V0_GT_SANITY) {
      return matched(TargetMatch.V0_GT_INPUT, new Overlap(box, 1, 1), truth.get());
    }
    List<Overlap> kept = overlaps(box, truth.get());
    if (kept.isEmpty()) {
      return Outcome.without(TargetMatch.UNMATCHED_GT, TargetInvalidReason.TARGET_GT_UNMATCHED);
    }
    Overlap best = kept.get(0);
    if (kept.size() > 1 && best.score() - kept.get(1).score() <= config.gtAmbiguityMargin()) {
      return new Outcome(
          new TargetMatch(
              TargetMatch.AMBIGUOUS_GT,
              OptionalLong.empty(),
              Optional.empty(),
              best.iou(),
              best.score()),
          TargetReasons.of(TargetInvalidReason.TARGET_GT_AMBIGUOUS),
          Optional.empty());
    }
    return matched(TargetMatch.MATCHED, best, truth.get());
  }

  /** True boxes that overlap enough, best first; equal ones stay in table order. */
  private List<Overlap> overlaps(WorldBox box, WorldBoxTable truth) {
    List<Overlap> kept = new ArrayList<>();
    for (WorldBox other : truth.boxes()) {
      if (other.box().semanticId() == box.box().semanticId() && other.hasBounds()) {
        double iou = overlap.computeOrEstimate(box, other);
        double score = Math.max(0, iou);
        if (iou >= config.minGtIou() && score >= config.minGtMatchScore()) {
          kept.add(new Overlap(other, iou, score));
        }
      }
    }
    kept.sort(Comparator.comparingDouble(Overlap::score).reversed());
    return kept;
  }

  private static Outcome matched(String status, Overlap best, WorldBoxTable table) {
    OracleTarget truth = table.oracleTarget(best.box());
    return new Outcome(
        new TargetMatch(
            status,
            OptionalLong.of(truth.sourceRowId()),
            Optional.of(truth.targetId()),
            best.iou(),
            best.score()),
        TargetReasons.of(TargetInvalidReason.VALID),
        Optional.of(truth));
  }

  /** Rows that share a true box lose their label, all of them. */
  private static List<Outcome> withoutSharedTruth(List<Outcome> outcomes) {
    Map<Long, Integer> claims = new HashMap<>();
    for (Outcome outcome : outcomes) {
      outcome.truth().ifPresent(truth -> claims.merge(truth.sourceRowId(), 1, Integer::sum));
    }
    return outcomes.stream()
        .map(
            outcome ->
                outcome.truth().filter(truth -> claims.get(truth.sourceRowId()) > 1).isEmpty()
                    ? outcome
                    : shared(outcome))
        .toList();
  }

  private static Outcome shared(Outcome outcome) {
    TargetMatch match = outcome.match();
    return new Outcome(
        new TargetMatch(
            TargetMatch.AMBIGUOUS_PRED_TO_GT,
            match.sourceRowId(),
            match.targetId(),
            match.iou(),
            match.score()),
        TargetReasons.of(TargetInvalidReason.TARGET_GT_AMBIGUOUS),
        outcome.truth());
  }
}
