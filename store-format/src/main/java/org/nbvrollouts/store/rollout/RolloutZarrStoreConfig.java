package org.nbvrollouts.store.rollout;

import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.schema.StoreSchema;

/**
 * Options of the store writer (specification store 4.1). Start from {@link #defaults()} and replace
 * what differs.
 *
 * @param returnSemantics label of the return
 * @param discountGamma γ of {@code q_h}, finite and not negative
 * @param targetProtocolVersion must equal that of every lineage
 * @param reasonCodeVersion version of candidate reason codes
 * @param fieldRetentionPolicy free label
 * @param sourceOfflineStoreVersion version label of the source, not empty
 * @param splitManifestHash hash over split and rows, not empty
 * @param selectedDepth depth images
 * @param qhChunkStates states per chunk of {@code q_h}, at least 1
 * @param targetEvalCropMaxPoints width of an audit point cloud, at least 1 and, where clouds are
 *     stored, at most {@link #MOST_EVAL_CROP_POINTS}
 * @param targetEvalCropsEnabled store audit point clouds
 */
public record RolloutZarrStoreConfig(
    String returnSemantics,
    double discountGamma,
    String targetProtocolVersion,
    String reasonCodeVersion,
    String fieldRetentionPolicy,
    String sourceOfflineStoreVersion,
    String splitManifestHash,
    SelectedDepthStorage selectedDepth,
    int qhChunkStates,
    int targetEvalCropMaxPoints,
    boolean targetEvalCropsEnabled) {

  /** Width at which one audit point cloud takes 1 GiB. */
  public static final int MOST_EVAL_CROP_POINTS = (1 << 30) / (3 * Float.BYTES);

  public RolloutZarrStoreConfig {
    SelectedDepthStorage.atLeastOne("q_h_chunk_states", qhChunkStates);
    SelectedDepthStorage.atLeastOne("target_eval_crop_max_points", targetEvalCropMaxPoints);
    if (targetEvalCropsEnabled && targetEvalCropMaxPoints > MOST_EVAL_CROP_POINTS) {
      throw new RefusedInputException(
          "Invalid target_eval_crop_max_points: %d (expected at most %d, which is 1 GiB per crop)"
              .formatted(targetEvalCropMaxPoints, MOST_EVAL_CROP_POINTS));
    }
    if (!(discountGamma >= 0) || Double.isInfinite(discountGamma)) {
      throw new RefusedInputException(
          "Invalid discount_gamma: " + discountGamma + " (expected at least 0 and finite)");
    }
    notEmpty("source_offline_store_version", sourceOfflineStoreVersion);
    notEmpty("split_manifest_hash", splitManifestHash);
    notEmpty("target_protocol_version", targetProtocolVersion);
  }

  private static void notEmpty(String key, String value) {
    if (value == null || value.isEmpty()) {
      throw new RefusedInputException("Invalid " + key + ": empty (expected a text)");
    }
  }

  /** The defaults of specification store 3.10. */
  public static RolloutZarrStoreConfig defaults() {
    return new RolloutZarrStoreConfig(
        StoreSchema.DEFAULT_RETURN_SEMANTICS,
        StoreSchema.DEFAULT_DISCOUNT_GAMMA,
        StoreSchema.DEFAULT_TARGET_PROTOCOL_VERSION,
        StoreSchema.INVALID_REASON_VERSION,
        "compact",
        StoreSchema.DEFAULT_SOURCE_OFFLINE_STORE_VERSION,
        StoreSchema.DEFAULT_SPLIT_MANIFEST_HASH,
        SelectedDepthStorage.defaults(),
        StoreSchema.DEFAULT_Q_H_CHUNK_STATES,
        StoreSchema.DEFAULT_EVAL_CROP_MAX_POINTS,
        false);
  }

  /** A copy that names its source: version label and split manifest hash. */
  public RolloutZarrStoreConfig withSource(String version, String splitHash) {
    return new RolloutZarrStoreConfig(
        returnSemantics,
        discountGamma,
        targetProtocolVersion,
        reasonCodeVersion,
        fieldRetentionPolicy,
        version,
        splitHash,
        selectedDepth,
        qhChunkStates,
        targetEvalCropMaxPoints,
        targetEvalCropsEnabled);
  }

  /** A copy with another discount γ. */
  public RolloutZarrStoreConfig withDiscountGamma(double gamma) {
    return new RolloutZarrStoreConfig(
        returnSemantics,
        gamma,
        targetProtocolVersion,
        reasonCodeVersion,
        fieldRetentionPolicy,
        sourceOfflineStoreVersion,
        splitManifestHash,
        selectedDepth,
        qhChunkStates,
        targetEvalCropMaxPoints,
        targetEvalCropsEnabled);
  }

  /** A copy with other depth images. */
  public RolloutZarrStoreConfig withSelectedDepth(SelectedDepthStorage depth) {
    return new RolloutZarrStoreConfig(
        returnSemantics,
        discountGamma,
        targetProtocolVersion,
        reasonCodeVersion,
        fieldRetentionPolicy,
        sourceOfflineStoreVersion,
        splitManifestHash,
        depth,
        qhChunkStates,
        targetEvalCropMaxPoints,
        targetEvalCropsEnabled);
  }

  /** A copy with that many states per chunk of {@code q_h}. */
  public RolloutZarrStoreConfig withQhChunkStates(int states) {
    return new RolloutZarrStoreConfig(
        returnSemantics,
        discountGamma,
        targetProtocolVersion,
        reasonCodeVersion,
        fieldRetentionPolicy,
        sourceOfflineStoreVersion,
        splitManifestHash,
        selectedDepth,
        states,
        targetEvalCropMaxPoints,
        targetEvalCropsEnabled);
  }

  /** A copy that stores audit point clouds of at most that many points. */
  public RolloutZarrStoreConfig withTargetEvalCrops(int maxPoints) {
    return new RolloutZarrStoreConfig(
        returnSemantics,
        discountGamma,
        targetProtocolVersion,
        reasonCodeVersion,
        fieldRetentionPolicy,
        sourceOfflineStoreVersion,
        splitManifestHash,
        selectedDepth,
        qhChunkStates,
        maxPoints,
        true);
  }
}
