package org.nbvrollouts.jobs.plan;

import java.util.List;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.ShardManifest;

/**
 * A plan that is not written yet.
 *
 * @param manifest shards in order
 * @param header what the plan was made from
 * @param warnings what a person should know before running it
 */
public record PlannedCampaign(
    ShardManifest manifest, CampaignHeader header, List<String> warnings) {
  public PlannedCampaign {
    warnings = List.copyOf(warnings);
  }
}
