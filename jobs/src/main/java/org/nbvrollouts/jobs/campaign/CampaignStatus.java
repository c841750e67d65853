package org.nbvrollouts.jobs.campaign;

import org.nbvrollouts.jobs.summary.CampaignSummary;
import org.nbvrollouts.store.status.CampaignStatusReport;
import org.nbvrollouts.store.status.CampaignTotals;

/**
 * What is known about a campaign.
 *
 * @param summary what the finished shards hold together, or empty if it was not asked for; a shard
 *     that does not verify is not read
 */
public record CampaignStatus(CampaignStatusReport report, CampaignSummary summary) {
  /** What the shards come to. */
  public CampaignTotals totals() {
    return report.totals();
  }
}
