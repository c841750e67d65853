package org.nbvrollouts.jobs.origin;

import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.pipeline.rollout.RolloutRecipeConfig;
import org.nbvrollouts.pipeline.rollout.SceneMesh;
import org.nbvrollouts.pipeline.target.SelectedTarget;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * What a stored rollout was made from, loaded again and checked against the hashes in the store.
 *
 * @param config the campaign file that the store carries
 * @param entry the shard
 * @param recipe that made the rollout
 * @param sample the source row
 * @param mesh the true mesh of its scene
 * @param meshVersion identity of the mesh as lineage names it
 * @param target selected from the source row again
 */
public record ChainOrigin(
    CampaignConfig config,
    RolloutShardEntry entry,
    RolloutRecipeConfig recipe,
    SourceSample sample,
    TriangleMesh mesh,
    String meshVersion,
    SelectedTarget target) {

  /** The mesh with its search structure, built anew by each call. */
  public SceneMesh sceneMesh() {
    return SceneMesh.of(mesh, sample.oracle().mesh().sha256());
  }
}
