package org.nbvrollouts.jobs.campaign;

import java.io.Serializable;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.StoreLocation;

/**
 * What a process needs to look at shards of one campaign. It holds no secret and no open resource.
 *
 * @param config campaign file, parsed again where it is used
 */
record ScanRequest(
    StoreLocation finalRoot, CampaignConfig.Text config, VerifyLevel level, Contents contents)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Whether finished stores are opened to sum up what they hold. */
  enum Contents {
    LEFT_OUT,
    SUMMED
  }
}
