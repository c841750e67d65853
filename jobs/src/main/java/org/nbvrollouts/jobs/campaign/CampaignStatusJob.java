package org.nbvrollouts.jobs.campaign;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.nbvrollouts.jobs.summary.CampaignSummary;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.StorageOptions;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardManifestFile;
import org.nbvrollouts.store.manifest.UtcStamps;
import org.nbvrollouts.store.status.CampaignScan;
import org.nbvrollouts.store.status.CampaignStatusReport;
import org.nbvrollouts.store.status.CampaignTotals;
import org.nbvrollouts.store.status.RolloutShardStatus;
import org.nbvrollouts.store.status.ShardIdSet;

/**
 * Says what is finished, from what is stored alone (specification campaign 8). Shards are looked at
 * on executors or threads; the driver streams the plan and keeps sums, so its memory does not grow
 * with the campaign.
 */
final class CampaignStatusJob {
  /** Tasks for each core where shards are few, so that no core waits long for the last one. */
  private static final int LEAST_ROUNDS = 4;

  /** The same where there are many. */
  private static final int ROUNDS = 16;

  /** Shards of a task where there are few: starting a task takes as long as looking at twenty. */
  private static final int MOST_OF_FEW = 64;

  /** The same where there are many. */
  private static final int MOST_OF_MANY = 256;

  /** Shards of all tasks that wait or run at a time, which the driver holds. */
  private static final int MOST_HELD = 1 << 15;

  private final StorageOptions storage;
  private final ShardManifestFile plan;
  private final CampaignLayout layout;
  private final StoreIO io;
  private final Clock clock;

  CampaignStatusJob(
      StorageOptions storage,
      ShardManifestFile plan,
      CampaignLayout layout,
      StoreIO io,
      Clock clock) {
    this.storage = storage;
    this.plan = plan;
    this.layout = layout;
    this.io = io;
    this.clock = clock;
  }

  /**
   * Looks at every planned shard.
   *
   * @param sink gets the shards in plan order, one by one
   */
  CampaignStatus run(
      ScanEngine engine,
      VerifyLevel level,
      ScanRequest.Contents contents,
      Consumer<RolloutShardStatus> sink) {
    CampaignScan scan = CampaignScan.of(io, layout);
    ShardIdSet planned = new ShardIdSet();
    CampaignTotals totals = new CampaignTotals();
    CampaignSummary[] summary = {CampaignSummary.EMPTY};
    engine.scan(
        new ScanRequest(layout.finalRoot(), storage, level, contents),
        new Batches(scan, planned, batchSize(plan.shards(), engine.workers())),
        part -> {
          part.shards().forEach(totals::add);
          part.shards().forEach(sink);
          summary[0] = summary[0].plus(part.summary());
        });
    CampaignStatusReport report =
        new CampaignStatusReport(
            plan.file().toString(),
            layout.finalRoot().text(),
            totals,
            scan.orphans(planned),
            UtcStamps.text(clock.instant()),
            level);
    return new CampaignStatus(report, summary[0]);
  }

  /** Shards of a task. */
  static int batchSize(int shards, int workers) {
    int ofFew = Math.min(MOST_OF_FEW, shards / (LEAST_ROUNDS * workers));
    int ofMany = Math.min(MOST_OF_MANY, shards / (ROUNDS * workers));
    int held = MOST_HELD / (CampaignSpark.BATCHES_HELD * workers);
    return Math.max(1, Math.max(ofFew, Math.min(ofMany, held)));
  }

  /** Cuts the plan into batches while it is read. */
  private final class Batches implements Iterator<ScanBatch> {
    private final Iterator<RolloutShardEntry> entries = plan.entries().iterator();
    private final CampaignScan scan;
    private final ShardIdSet planned;
    private final int size;

    Batches(CampaignScan scan, ShardIdSet planned, int size) {
      this.scan = scan;
      this.planned = planned;
      this.size = size;
    }

    @Override
    public boolean hasNext() {
      return entries.hasNext();
    }

    @Override
    public ScanBatch next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      List<ScanBatch.Item> items = new ArrayList<>();
      while (items.size() < size && entries.hasNext()) {
        RolloutShardEntry entry = entries.next();
        planned.add(entry.shardId());
        items.add(new ScanBatch.Item(entry, scan.tracesOf(entry.shardId())));
      }
      return new ScanBatch(items);
    }
  }
}
