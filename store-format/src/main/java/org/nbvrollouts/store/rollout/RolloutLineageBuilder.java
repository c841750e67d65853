package org.nbvrollouts.store.rollout;

import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** Collects the fields of a {@link RolloutLineage}; what is never set stays {@code null}. */
public final class RolloutLineageBuilder {
  private String rolloutId = "";
  private int chainId;
  private String sceneId;
  private String snippetId;
  private String split;
  private String meshVersion;
  private String candidateConfigHash;
  private String oracleConfigHash;
  private String rolloutConfigHash;
  private String modelCheckpointHash;
  private Long randomSeed;
  private String rolloutPolicy = RolloutLineage.UNKNOWN_POLICY;
  private String sourceCacheVersion;
  private String sourceOfflineStoreManifestHash;
  private String splitManifestHash;
  private Long sourceRowId;
  private Long sourceSampleIndex;
  private Long sourceShardRow;
  private String sourceSampleKey;
  private String sourceShardId;
  private String branchScheduleId;
  private String selectionRngStateHash;
  private String reasonCodeVersion = RolloutLineage.INVALID_REASON_VERSION;
  private Long targetRowId;
  private String targetId;
  private String targetProtocolVersion;
  private String targetCropPolicy;
  private String targetSelectionPolicy;
  private Integer targetSelectionRank;
  private Double targetSelectionScore;
  private Double targetSelectionProbability;
  private Double targetSelectionTemperature;
  private String targetSource;
  private Integer targetSourceIndex;
  private Integer targetSemId;
  private Integer targetInstId;
  private String targetClassName;
  private Double targetConfidence;
  private Double targetProjectedAreaPixels;
  private Double targetProjectedAreaFraction;
  private Integer targetSemidenseSupportCount;
  private Integer targetEvlSupportCount;
  private Double targetEffectiveSupportCount;
  private Double targetVisibilityScore;
  private Double targetSupportScore;
  private Double targetDeficitScore;
  private Point3 targetCenterWorld;
  private Point3 targetExtents;
  private Pose12 targetPoseWorldObject;
  private Pose12 targetRelativePoseReferenceObject;
  private Integer targetInvalidReasonBitset;
  private Integer targetPrimaryInvalidReason;
  private String targetReasonCodeVersion;
  private Long matchedGtTargetRowId;
  private String matchedGtTargetId;
  private Double gtMatchIou;
  private Double gtMatchScore;
  private String gtMatchStatus;

  /** A builder with every field unset. */
  public RolloutLineageBuilder() {}

  /** A builder that starts from an existing lineage. */
  public RolloutLineageBuilder(RolloutLineage lineage) {
    this.rolloutId = lineage.rolloutId();
    this.chainId = lineage.chainId();
    this.sceneId = lineage.sceneId();
    this.snippetId = lineage.snippetId();
    this.split = lineage.split();
    this.meshVersion = lineage.meshVersion();
    this.candidateConfigHash = lineage.candidateConfigHash();
    this.oracleConfigHash = lineage.oracleConfigHash();
    this.rolloutConfigHash = lineage.rolloutConfigHash();
    this.modelCheckpointHash = lineage.modelCheckpointHash();
    this.randomSeed = lineage.randomSeed();
    this.rolloutPolicy = lineage.rolloutPolicy();
    this.sourceCacheVersion = lineage.sourceCacheVersion();
    this.sourceOfflineStoreManifestHash = lineage.sourceOfflineStoreManifestHash();
    this.splitManifestHash = lineage.splitManifestHash();
    this.sourceRowId = lineage.sourceRowId();
    this.sourceSampleIndex = lineage.sourceSampleIndex();
    this.sourceShardRow = lineage.sourceShardRow();
    this.sourceSampleKey = lineage.sourceSampleKey();
    this.sourceShardId = lineage.sourceShardId();
    this.branchScheduleId = lineage.branchScheduleId();
    this.selectionRngStateHash = lineage.selectionRngStateHash();
    this.reasonCodeVersion = lineage.reasonCodeVersion();
    this.targetRowId = lineage.targetRowId();
    this.targetId = lineage.targetId();
    this.targetProtocolVersion = lineage.targetProtocolVersion();
    this.targetCropPolicy = lineage.targetCropPolicy();
    this.targetSelectionPolicy = lineage.targetSelectionPolicy();
    this.targetSelectionRank = lineage.targetSelectionRank();
    this.targetSelectionScore = lineage.targetSelectionScore();
    this.targetSelectionProbability = lineage.targetSelectionProbability();
    this.targetSelectionTemperature = lineage.targetSelectionTemperature();
    this.targetSource = lineage.targetSource();
    this.targetSourceIndex = lineage.targetSourceIndex();
    this.targetSemId = lineage.targetSemId();
    this.targetInstId = lineage.targetInstId();
    this.targetClassName = lineage.targetClassName();
    this.targetConfidence = lineage.targetConfidence();
    this.targetProjectedAreaPixels = lineage.targetProjectedAreaPixels();
    this.targetProjectedAreaFraction = lineage.targetProjectedAreaFraction();
    this.targetSemidenseSupportCount = lineage.targetSemidenseSupportCount();
    this.targetEvlSupportCount = lineage.targetEvlSupportCount();
    this.targetEffectiveSupportCount = lineage.targetEffectiveSupportCount();
    this.targetVisibilityScore = lineage.targetVisibilityScore();
    this.targetSupportScore = lineage.targetSupportScore();
    this.targetDeficitScore = lineage.targetDeficitScore();
    this.targetCenterWorld = lineage.targetCenterWorld();
    this.targetExtents = lineage.targetExtents();
    this.targetPoseWorldObject = lineage.targetPoseWorldObject();
    this.targetRelativePoseReferenceObject = lineage.targetRelativePoseReferenceObject();
    this.targetInvalidReasonBitset = lineage.targetInvalidReasonBitset();
    this.targetPrimaryInvalidReason = lineage.targetPrimaryInvalidReason();
    this.targetReasonCodeVersion = lineage.targetReasonCodeVersion();
    this.matchedGtTargetRowId = lineage.matchedGtTargetRowId();
    this.matchedGtTargetId = lineage.matchedGtTargetId();
    this.gtMatchIou = lineage.gtMatchIou();
    this.gtMatchScore = lineage.gtMatchScore();
    this.gtMatchStatus = lineage.gtMatchStatus();
  }

  public RolloutLineageBuilder rolloutId(String value) {
    this.rolloutId = value;
    return this;
  }

  public RolloutLineageBuilder chainId(int value) {
    this.chainId = value;
    return this;
  }

  public RolloutLineageBuilder sceneId(String value) {
    this.sceneId = value;
    return this;
  }

  public RolloutLineageBuilder snippetId(String value) {
    this.snippetId = value;
    return this;
  }

  public RolloutLineageBuilder split(String value) {
    this.split = value;
    return this;
  }

  public RolloutLineageBuilder meshVersion(String value) {
    this.meshVersion = value;
    return this;
  }

  public RolloutLineageBuilder candidateConfigHash(String value) {
    this.candidateConfigHash = value;
    return this;
  }

  public RolloutLineageBuilder oracleConfigHash(String value) {
    this.oracleConfigHash = value;
    return this;
  }

  public RolloutLineageBuilder rolloutConfigHash(String value) {
    this.rolloutConfigHash = value;
    return this;
  }

  public RolloutLineageBuilder modelCheckpointHash(String value) {
    this.modelCheckpointHash = value;
    return this;
  }

  public RolloutLineageBuilder randomSeed(Long value) {
    this.randomSeed = value;
    return this;
  }

  public RolloutLineageBuilder rolloutPolicy(String value) {
    this.rolloutPolicy = value;
    return this;
  }

  public RolloutLineageBuilder sourceCacheVersion(String value) {
    this.sourceCacheVersion = value;
    return this;
  }

  public RolloutLineageBuilder sourceOfflineStoreManifestHash(String value) {
    this.sourceOfflineStoreManifestHash = value;
    return this;
  }

  public RolloutLineageBuilder splitManifestHash(String value) {
    this.splitManifestHash = value;
    return this;
  }

  public RolloutLineageBuilder sourceRowId(Long value) {
    this.sourceRowId = value;
    return this;
  }

  public RolloutLineageBuilder sourceSampleIndex(Long value) {
    this.sourceSampleIndex = value;
    return this;
  }

  public RolloutLineageBuilder sourceShardRow(Long value) {
    this.sourceShardRow = value;
    return this;
  }

  public RolloutLineageBuilder sourceSampleKey(String value) {
    this.sourceSampleKey = value;
    return this;
  }

  public RolloutLineageBuilder sourceShardId(String value) {
    this.sourceShardId = value;
    return this;
  }

  public RolloutLineageBuilder branchScheduleId(String value) {
    this.branchScheduleId = value;
    return this;
  }

  public RolloutLineageBuilder selectionRngStateHash(String value) {
    this.selectionRngStateHash = value;
    return this;
  }

  public RolloutLineageBuilder reasonCodeVersion(String value) {
    this.reasonCodeVersion = value;
    return this;
  }

  public RolloutLineageBuilder targetRowId(Long value) {
    this.targetRowId = value;
    return this;
  }

  public RolloutLineageBuilder targetId(String value) {
    this.targetId = value;
    return this;
  }

  public RolloutLineageBuilder targetProtocolVersion(String value) {
    this.targetProtocolVersion = value;
    return this;
  }

  public RolloutLineageBuilder targetCropPolicy(String value) {
    this.targetCropPolicy = value;
    return this;
  }

  public RolloutLineageBuilder targetSelectionPolicy(String value) {
    this.targetSelectionPolicy = value;
    return this;
  }

  public RolloutLineageBuilder targetSelectionRank(Integer value) {
    this.targetSelectionRank = value;
    return this;
  }

  public RolloutLineageBuilder targetSelectionScore(Double value) {
    this.targetSelectionScore = value;
    return this;
  }

  public RolloutLineageBuilder targetSelectionProbability(Double value) {
    this.targetSelectionProbability = value;
    return this;
  }

  public RolloutLineageBuilder targetSelectionTemperature(Double value) {
    this.targetSelectionTemperature = value;
    return this;
  }

  public RolloutLineageBuilder targetSource(String value) {
    this.targetSource = value;
    return this;
  }

  public RolloutLineageBuilder targetSourceIndex(Integer value) {
    this.targetSourceIndex = value;
    return this;
  }

  public RolloutLineageBuilder targetSemId(Integer value) {
    this.targetSemId = value;
    return this;
  }

  public RolloutLineageBuilder targetInstId(Integer value) {
    this.targetInstId = value;
    return this;
  }

  public RolloutLineageBuilder targetClassName(String value) {
    this.targetClassName = value;
    return this;
  }

  public RolloutLineageBuilder targetConfidence(Double value) {
    this.targetConfidence = value;
    return this;
  }

  public RolloutLineageBuilder targetProjectedAreaPixels(Double value) {
    this.targetProjectedAreaPixels = value;
    return this;
  }

  public RolloutLineageBuilder targetProjectedAreaFraction(Double value) {
    this.targetProjectedAreaFraction = value;
    return this;
  }

  public RolloutLineageBuilder targetSemidenseSupportCount(Integer value) {
    this.targetSemidenseSupportCount = value;
    return this;
  }

  public RolloutLineageBuilder targetEvlSupportCount(Integer value) {
    this.targetEvlSupportCount = value;
    return this;
  }

  public RolloutLineageBuilder targetEffectiveSupportCount(Double value) {
    this.targetEffectiveSupportCount = value;
    return this;
  }

  public RolloutLineageBuilder targetVisibilityScore(Double value) {
    this.targetVisibilityScore = value;
    return this;
  }

  public RolloutLineageBuilder targetSupportScore(Double value) {
    this.targetSupportScore = value;
    return this;
  }

  public RolloutLineageBuilder targetDeficitScore(Double value) {
    this.targetDeficitScore = value;
    return this;
  }

  public RolloutLineageBuilder targetCenterWorld(Point3 value) {
    this.targetCenterWorld = value;
    return this;
  }

  public RolloutLineageBuilder targetExtents(Point3 value) {
    this.targetExtents = value;
    return this;
  }

  public RolloutLineageBuilder targetPoseWorldObject(Pose12 value) {
    this.targetPoseWorldObject = value;
    return this;
  }

  public RolloutLineageBuilder targetRelativePoseReferenceObject(Pose12 value) {
    this.targetRelativePoseReferenceObject = value;
    return this;
  }

  public RolloutLineageBuilder targetInvalidReasonBitset(Integer value) {
    this.targetInvalidReasonBitset = value;
    return this;
  }

  public RolloutLineageBuilder targetPrimaryInvalidReason(Integer value) {
    this.targetPrimaryInvalidReason = value;
    return this;
  }

  public RolloutLineageBuilder targetReasonCodeVersion(String value) {
    this.targetReasonCodeVersion = value;
    return this;
  }

  public RolloutLineageBuilder matchedGtTargetRowId(Long value) {
    this.matchedGtTargetRowId = value;
    return this;
  }

  public RolloutLineageBuilder matchedGtTargetId(String value) {
    this.matchedGtTargetId = value;
    return this;
  }

  public RolloutLineageBuilder gtMatchIou(Double value) {
    this.gtMatchIou = value;
    return this;
  }

  public RolloutLineageBuilder gtMatchScore(Double value) {
    this.gtMatchScore = value;
    return this;
  }

  public RolloutLineageBuilder gtMatchStatus(String value) {
    this.gtMatchStatus = value;
    return this;
  }

  /** The lineage with everything set so far. */
  public RolloutLineage build() {
    return new RolloutLineage(
        rolloutId,
        chainId,
        sceneId,
        snippetId,
        split,
        meshVersion,
        candidateConfigHash,
        oracleConfigHash,
        rolloutConfigHash,
        modelCheckpointHash,
        randomSeed,
        rolloutPolicy,
        sourceCacheVersion,
        sourceOfflineStoreManifestHash,
        splitManifestHash,
        sourceRowId,
        sourceSampleIndex,
        sourceShardRow,
        sourceSampleKey,
        sourceShardId,
        branchScheduleId,
        selectionRngStateHash,
        reasonCodeVersion,
        targetRowId,
        targetId,
        targetProtocolVersion,
        targetCropPolicy,
        targetSelectionPolicy,
        targetSelectionRank,
        targetSelectionScore,
        targetSelectionProbability,
        targetSelectionTemperature,
        targetSource,
        targetSourceIndex,
        targetSemId,
        targetInstId,
        targetClassName,
        targetConfidence,
        targetProjectedAreaPixels,
        targetProjectedAreaFraction,
        targetSemidenseSupportCount,
        targetEvlSupportCount,
        targetEffectiveSupportCount,
        targetVisibilityScore,
        targetSupportScore,
        targetDeficitScore,
        targetCenterWorld,
        targetExtents,
        targetPoseWorldObject,
        targetRelativePoseReferenceObject,
        targetInvalidReasonBitset,
        targetPrimaryInvalidReason,
        targetReasonCodeVersion,
        matchedGtTargetRowId,
        matchedGtTargetId,
        gtMatchIou,
        gtMatchScore,
        gtMatchStatus);
  }
}
