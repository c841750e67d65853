package org.nbvrollouts.jobs.plan;

import java.util.List;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.ShardManifestFile;

/**
 * A plan that is checked and not at its place yet. Closing it removes the draft.
 *
 * @param manifest shards in order, in a temporary file
 * @param header what the plan was made from
 * @param warnings what a person should know before running it
 */
public record PlannedCampaign(
    ShardManifestFile manifest, CampaignHeader header, List<String> warnings)
    implements AutoCloseable {
  public PlannedCampaign {
    warnings = List.copyOf(warnings);
  }

  @Override
  public void close() {
    PlanDraft.remove(manifest.file());
  }
}
