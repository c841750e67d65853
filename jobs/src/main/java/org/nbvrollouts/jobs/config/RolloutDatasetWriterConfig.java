package org.nbvrollouts.jobs.config;

import java.util.OptionalInt;
import org.nbvrollouts.pipeline.rollout.RolloutGenerationConfig;

/**
 * Everything that decides the content of a store (specification generation 8).
 *
 * @param maxSamples known from other implementations; planning only warns about it
 * @param allowEmptyShards commit a shard none of whose rows gives a rollout (specification campaign
 *     5)
 */
public record RolloutDatasetWriterConfig(
    RolloutGenerationConfig generation,
    OptionalInt maxSamples,
    StoreOptions store,
    boolean allowEmptyShards) {

  /**
   * What a store says about itself (specification store 4.1).
   *
   * @param discountGamma discount per step
   * @param qhChunkStates states per chunk of the derived view
   * @param targetEvalCropMaxPoints width of stored crops
   * @param targetEvalCropsEnabled keep the crops
   */
  public record StoreOptions(
      String returnSemantics,
      double discountGamma,
      String reasonCodeVersion,
      String fieldRetentionPolicy,
      int qhChunkStates,
      int targetEvalCropMaxPoints,
      boolean targetEvalCropsEnabled) {}
}
