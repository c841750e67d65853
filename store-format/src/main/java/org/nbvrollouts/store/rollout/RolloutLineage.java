package org.nbvrollouts.store.rollout;

import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/**
 * Where one rollout came from: source row, target, configuration and random streams, flat, 58
 * fields (specification store 4.2). A field is {@code null} when unset; {@code rolloutId}, {@code
 * chainId}, {@code rolloutPolicy} and {@code reasonCodeVersion} always have a value.
 *
 * <p>Floating-point facts are dimensionless unless named otherwise; {@code targetCenterWorld} and
 * {@code targetExtents} are metres. Build one with {@link RolloutLineageBuilder}.
 */
public record RolloutLineage(
    String rolloutId,
    int chainId,
    String sceneId,
    String snippetId,
    String split,
    String meshVersion,
    String candidateConfigHash,
    String oracleConfigHash,
    String rolloutConfigHash,
    String modelCheckpointHash,
    Long randomSeed,
    String rolloutPolicy,
    String sourceCacheVersion,
    String sourceOfflineStoreManifestHash,
    String splitManifestHash,
    Long sourceRowId,
    Long sourceSampleIndex,
    Long sourceShardRow,
    String sourceSampleKey,
    String sourceShardId,
    String branchScheduleId,
    String selectionRngStateHash,
    String reasonCodeVersion,
    Long targetRowId,
    String targetId,
    String targetProtocolVersion,
    String targetCropPolicy,
    String targetSelectionPolicy,
    Integer targetSelectionRank,
    Double targetSelectionScore,
    Double targetSelectionProbability,
    Double targetSelectionTemperature,
    String targetSource,
    Integer targetSourceIndex,
    Integer targetSemId,
    Integer targetInstId,
    String targetClassName,
    Double targetConfidence,
    Double targetProjectedAreaPixels,
    Double targetProjectedAreaFraction,
    Integer targetSemidenseSupportCount,
    Integer targetEvlSupportCount,
    Double targetEffectiveSupportCount,
    Double targetVisibilityScore,
    Double targetSupportScore,
    Double targetDeficitScore,
    Point3 targetCenterWorld,
    Point3 targetExtents,
    Pose12 targetPoseWorldObject,
    Pose12 targetRelativePoseReferenceObject,
    Integer targetInvalidReasonBitset,
    Integer targetPrimaryInvalidReason,
    String targetReasonCodeVersion,
    Long matchedGtTargetRowId,
    String matchedGtTargetId,
    Double gtMatchIou,
    Double gtMatchScore,
    String gtMatchStatus) {

  /** Reason-code version of candidates. */
  public static final String INVALID_REASON_VERSION = "rollout-invalidity-v1";

  /** Name of a policy that nobody set. */
  public static final String UNKNOWN_POLICY = "unknown";
}
