package org.nbvrollouts.jobs.shard;

import java.util.List;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.store.commit.CommitPolicy.CommittedBy;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.StorageOptions;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.zarr.StoreLayout;

/** A request of which only the run matters. */
public final class ShardRunRequests {
  private ShardRunRequests() {}

  public static ShardRunRequest ofRun(String runId) {
    return new ShardRunRequest(
        "campaign-0123456789abcdef",
        runId,
        new CampaignConfig.Text("smoke.toml", "profile = \"smoke\""),
        new StoreLocation("/final"),
        StoreLayout.DIRECTORY,
        "",
        VerifyLevel.FILES,
        true,
        1000,
        List.of("run"),
        "auto",
        CommittedBy.ATTEMPT,
        StorageOptions.DEFAULT);
  }
}
