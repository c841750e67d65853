package org.nbvrollouts.jobs.shard;

import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.config.RolloutDatasetWriterConfig;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.rollout.RolloutGenerationConfig;
import org.nbvrollouts.pipeline.rollout.SelectedDepthRetentionConfig;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.rollout.SelectedDepthStorage;

/** Options of the store writer, from the configuration of a campaign and one of its entries. */
public final class StoreConfigs {
  private StoreConfigs() {}

  /**
   * Refuses a configuration whose stores cannot be written whatever the rows are.
   *
   * @throws RefusedInputException naming key and file
   */
  public static void check(CampaignConfig config) {
    RolloutDatasetWriterConfig.StoreOptions store = config.writer().store();
    if (store.targetEvalCropsEnabled()
        && store.targetEvalCropMaxPoints() > RolloutZarrStoreConfig.MOST_EVAL_CROP_POINTS) {
      throw new RefusedInputException(
          "Invalid store.target_eval_crop_max_points: %d (expected at most %d, which is 1 GiB per crop, file=%s)"
              .formatted(
                  store.targetEvalCropMaxPoints(),
                  RolloutZarrStoreConfig.MOST_EVAL_CROP_POINTS,
                  config.text().file()));
    }
  }

  static RolloutZarrStoreConfig of(CampaignConfig config, RolloutShardEntry entry) {
    RolloutDatasetWriterConfig.StoreOptions store = config.writer().store();
    RolloutGenerationConfig generation = config.writer().generation();
    return new RolloutZarrStoreConfig(
        store.returnSemantics(),
        store.discountGamma(),
        generation.targetProtocolVersion(),
        store.reasonCodeVersion(),
        store.fieldRetentionPolicy(),
        entry.sourceCacheVersion(),
        entry.splitManifestHash(),
        depth(generation),
        store.qhChunkStates(),
        store.targetEvalCropMaxPoints(),
        store.targetEvalCropsEnabled());
  }

  private static SelectedDepthStorage depth(RolloutGenerationConfig generation) {
    SelectedDepthRetentionConfig kept = generation.selectedDepth();
    TargetScorerConfig.DepthConfig renders = generation.targetScorer().depth();
    SelectedDepthStorage defaults = SelectedDepthStorage.defaults();
    return new SelectedDepthStorage(
        kept.enabled(),
        kept.widthPixels(),
        kept.heightPixels(),
        kept.chunkSteps(),
        defaults.renderer(),
        renders.znearMetres(),
        renders.zfarMetres(),
        defaults.sourceResolution());
  }
}
