package org.nbvrollouts.pipeline.target;

import java.util.Optional;
import org.nbvrollouts.store.rollout.RolloutLineageBuilder;
import org.nbvrollouts.store.schema.TargetInvalidReason;

/**
 * A target of a sample: the actor's view, the ground truth it was matched to, and what is stored
 * about both.
 *
 * @param actor for generator and policies
 * @param oracle for the oracle; empty if there is no match
 * @param row the target as its source describes it
 * @param scores why it was chosen
 * @param match how it relates to ground truth
 * @param reasons invalidity bits and primary reason
 */
public record SelectedTarget(
    ActorTarget actor,
    Optional<OracleTarget> oracle,
    TargetRow row,
    TargetScores scores,
    TargetMatch match,
    TargetReasons reasons) {

  /** Fills every field of a lineage that is about the target (specification store 4.2). */
  public void describeTo(RolloutLineageBuilder lineage) {
    describeRow(lineage);
    describeEvidence(lineage);
    describeChoice(lineage);
  }

  private void describeRow(RolloutLineageBuilder lineage) {
    lineage
        .targetRowId((long) row.sourceIndex())
        .targetId(row.targetId())
        .targetSource(row.source())
        .targetSourceIndex(row.sourceIndex())
        .targetSemId(row.semanticId())
        .targetInstId(row.instanceId())
        .targetClassName(row.className().orElse(null))
        .targetConfidence(row.confidence())
        .targetCenterWorld(row.centreWorld())
        .targetExtents(row.extentsMetres())
        .targetPoseWorldObject(row.worldFromObject())
        .targetRelativePoseReferenceObject(row.referenceFromObject().orElse(null));
  }

  private void describeEvidence(RolloutLineageBuilder lineage) {
    TargetEvidence evidence = actor.evidence();
    lineage
        .targetProjectedAreaPixels(evidence.projectedAreaPixels())
        .targetProjectedAreaFraction(evidence.projectedAreaFraction())
        .targetSemidenseSupportCount(evidence.semidenseSupportCount())
        .targetEvlSupportCount(evidence.evlSupportCount())
        .targetEffectiveSupportCount(evidence.effectiveSupportCount())
        .targetVisibilityScore(scores.visibility())
        .targetSupportScore(scores.support())
        .targetDeficitScore(scores.deficit());
  }

  private void describeChoice(RolloutLineageBuilder lineage) {
    lineage
        .targetSelectionPolicy(scores.policy())
        .targetSelectionRank(scores.rank())
        .targetSelectionScore(scores.score())
        .targetSelectionProbability(scores.draw().probability())
        .targetSelectionTemperature(
            scores.temperature().isPresent() ? scores.temperature().getAsDouble() : null)
        .targetInvalidReasonBitset(reasons.bitset())
        .targetPrimaryInvalidReason(reasons.primary())
        .targetReasonCodeVersion(TargetInvalidReason.VERSION)
        .matchedGtTargetRowId(
            match.sourceRowId().isPresent() ? match.sourceRowId().getAsLong() : null)
        .matchedGtTargetId(match.targetId().orElse(null))
        .gtMatchIou(match.iou())
        .gtMatchScore(match.score())
        .gtMatchStatus(match.status());
  }
}
