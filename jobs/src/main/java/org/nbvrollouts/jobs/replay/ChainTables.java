package org.nbvrollouts.jobs.replay;

import java.util.Locale;
import org.nbvrollouts.jobs.config.ConfigHashes;
import org.nbvrollouts.jobs.origin.ChainOrigin;
import org.nbvrollouts.jobs.origin.StoredChain;
import org.nbvrollouts.jobs.origin.StoredRow;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.replay.ReplayedChain;
import org.nbvrollouts.pipeline.replay.ReplayedRoot;
import org.nbvrollouts.pipeline.rollout.RolloutRecipeConfig;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.table.IdentifierCompaction;

/** Rows of a rollout in {@code sources}, {@code lineage} and {@code rollouts} (store 2.10–2.12). */
final class ChainTables {
  private final Comparison comparison;
  private final StoredChain stored;
  private final ChainOrigin origin;

  ChainTables(Comparison comparison, StoredChain stored, ChainOrigin origin) {
    this.comparison = comparison;
    this.stored = stored;
    this.origin = origin;
  }

  void compare(ReplayedRoot root, ReplayedChain chain, int chainId, ChainSums sums) {
    source();
    lineage();
    rollout(root, chain, chainId);
    StoredRow row = stored.rollout();
    sums.forEach((column, sum) -> comparison.real(row, "final_" + column, sum, Tolerance.GAIN));
  }

  private void source() {
    StoredRow row = stored.source();
    SampleIdentity sample = origin.sample().identity();
    comparison.integer(row, "source_row_id", sample.sampleIndex());
    comparison.integer(row, "sample_index", sample.sampleIndex());
    comparison.text(row, "sample_key_id", IdentifierCompaction.compact(sample.sampleKey()));
    comparison.text(row, "scene_id", sample.sceneId());
    comparison.text(row, "snippet_id", IdentifierCompaction.compact(sample.snippetId()));
    comparison.text(row, "split_id", sample.split());
    comparison.text(row, "source_cache_version_id", origin.entry().sourceCacheVersion());
    comparison.text(
        row, "source_offline_store_manifest_hash_id", origin.entry().sourceManifestHash());
    comparison.text(row, "split_manifest_hash_id", origin.entry().splitManifestHash());
    comparison.text(row, "source_shard_id", sample.sourceShardId());
    comparison.integer(row, "source_shard_row", sample.sourceShardRow());
  }

  private void lineage() {
    StoredRow row = stored.lineage();
    ConfigHashes hashes = origin.config().hashes();
    comparison.integer(row, "rollout_row_id", row.row());
    comparison.text(row, "candidate_config_id", hashes.candidate());
    comparison.text(row, "oracle_config_id", hashes.oracle());
    comparison.text(row, "rollout_config_id", hashes.rollout());
    comparison.text(row, "model_checkpoint_id", null);
    comparison.text(row, "mesh_version_id", origin.meshVersion());
    comparison.text(row, "branch_schedule_id", origin.recipe().name());
    comparison.text(
        row,
        "target_protocol_version_id",
        origin.config().writer().generation().targetProtocolVersion());
    comparison.text(row, "target_crop_policy_id", TargetScorerConfig.TARGET_CROP_POLICY);
    comparison.text(row, "reason_code_version_id", RolloutLineage.INVALID_REASON_VERSION);
    comparison.text(
        row,
        "selection_rng_state_hash_id",
        origin.config().writer().generation().candidateMixture().base().seedMode().rule()
            + ":"
            + origin.recipe().seed()
            + ":split-manifest:"
            + origin.entry().splitManifestHash());
  }

  private void rollout(ReplayedRoot root, ReplayedChain chain, int chainId) {
    StoredRow row = stored.rollout();
    SampleIdentity sample = origin.sample().identity();
    RolloutRecipeConfig recipe = origin.recipe();
    comparison.integer(row, "rollout_row_id", row.row());
    comparison.text(row, "rollout_id", id(chainId));
    comparison.integer(row, "chain_id", chainId);
    comparison.integer(row, "source_row_id", sample.sampleIndex());
    comparison.reals(row, "root_pose_world", root.worldFromCamera().toArray(), Tolerance.FLOAT);
    comparison.integer(row, "root_time_ns", root.timeNs().orElse(-1));
    comparison.integer(row, "root_trajectory_index", root.trajectoryIndex().orElse(-1));
    comparison.integer(row, "root_frame_index", root.trajectoryIndex().orElse(-1));
    comparison.text(row, "scene_id", sample.sceneId());
    comparison.text(row, "snippet_id", IdentifierCompaction.compact(sample.snippetId()));
    comparison.integer(row, "target_row_id", stored.target().row());
    comparison.text(row, "policy_id", recipe.selectionPolicy());
    comparison.integer(row, "horizon", recipe.horizon());
    comparison.integer(row, "branch_factor", recipe.branching().branchFactor());
    comparison.integer(row, "beam_width", recipe.beamWidth().orElse(-1));
    boolean isSoftmax =
        recipe.selectionPolicy().equals("temperature_softmax") && !chain.steps().isEmpty();
    comparison.real(
        row,
        "temperature",
        isSoftmax ? recipe.selectionTemperature() : Double.NaN,
        Tolerance.FLOAT);
    comparison.integer(row, "random_seed", recipe.seed());
    comparison.text(row, "termination_reason", termination(chain, recipe));
    comparison.text(row, "split_id", sample.split());
  }

  /** Text id (specification store 4.5). */
  private String id(int chainId) {
    return String.format(
        Locale.ROOT,
        "%08d-target-%02d-%s-%06d",
        origin.sample().identity().sampleIndex(),
        origin.target().actor().rank(),
        origin.recipe().name(),
        chainId);
  }

  private static String termination(ReplayedChain chain, RolloutRecipeConfig recipe) {
    if (chain.isTerminatedEarly()) {
      return "terminated_early";
    }
    return chain.steps().size() >= recipe.horizon() ? "fixed_horizon" : "incomplete_rollout";
  }
}
