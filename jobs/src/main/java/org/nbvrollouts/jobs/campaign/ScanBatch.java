package org.nbvrollouts.jobs.campaign;

import java.io.Serializable;
import java.util.List;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.status.CampaignScan;

/** Some shards that one task looks at, in plan order. */
record ScanBatch(List<Item> items) implements Serializable {
  private static final long serialVersionUID = 1L;

  ScanBatch {
    items = List.copyOf(items);
  }

  /**
   * One shard.
   *
   * @param traces names of it in the final root
   */
  record Item(RolloutShardEntry entry, CampaignScan.ShardTraces traces) implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
