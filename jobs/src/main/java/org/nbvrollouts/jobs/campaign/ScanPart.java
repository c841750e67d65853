package org.nbvrollouts.jobs.campaign;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.jobs.shard.StoredShardInspection;
import org.nbvrollouts.jobs.summary.CampaignSummary;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.status.RolloutShardStatus;
import org.nbvrollouts.store.status.ShardStatusReader;

/**
 * What a task found out about a batch.
 *
 * @param shards one per shard of the batch, in its order
 * @param summary of the finished ones, if that was asked for
 */
record ScanPart(List<RolloutShardStatus> shards, CampaignSummary summary) implements Serializable {
  private static final long serialVersionUID = 1L;

  ScanPart {
    shards = List.copyOf(shards);
  }

  /** Looks at the shards of a batch, from storage alone. */
  static ScanPart of(ScanRequest request, ScanBatch batch) {
    StoreIO io = request.storage().open(request.finalRoot());
    ShardStatusReader reader =
        new ShardStatusReader(
            io,
            CampaignLayout.of(request.finalRoot()),
            new StoredShardInspection(io),
            request.level());
    List<RolloutShardStatus> shards = new ArrayList<>();
    List<String> finished = new ArrayList<>();
    for (ScanBatch.Item item : batch.items()) {
      RolloutShardStatus shard = reader.statusOf(item.entry(), item.traces());
      shards.add(shard);
      if (shard.isDone()) {
        finished.add(shard.shardId());
      }
    }
    CampaignSummary summary =
        request.contents() == ScanRequest.Contents.SUMMED
            ? CampaignSummary.of(io, request.finalRoot(), finished)
            : CampaignSummary.EMPTY;
    return new ScanPart(shards, summary);
  }
}
