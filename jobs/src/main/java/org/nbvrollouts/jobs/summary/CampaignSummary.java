package org.nbvrollouts.jobs.summary;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.SourceOutcome;
import org.nbvrollouts.store.manifest.StorageSize;
import org.nbvrollouts.store.shard.CommittedShard;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/**
 * What the committed shards of a campaign hold together.
 *
 * @param shards committed shards
 * @param sourceRows source rows of these shards, with or without rollouts
 * @param rowsWithoutRollouts rows that gave none, by reason
 * @param skips skipped targets and recipes by reason
 * @param content what the stores hold
 * @param storage their size
 * @param timingsMs milliseconds by stage, over all attempts that were committed
 */
public record CampaignSummary(
    int shards,
    long sourceRows,
    Map<String, Long> rowsWithoutRollouts,
    Map<String, Long> skips,
    StoreSummary content,
    StorageSize storage,
    Map<String, Long> timingsMs)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No shard at all. */
  public static final CampaignSummary EMPTY =
      new CampaignSummary(0, 0, Map.of(), Map.of(), StoreSummary.EMPTY, StorageSize.NONE, Map.of());

  public CampaignSummary {
    rowsWithoutRollouts = Collections.unmodifiableMap(new TreeMap<>(rowsWithoutRollouts));
    skips = Collections.unmodifiableMap(new TreeMap<>(skips));
    timingsMs = Collections.unmodifiableMap(new TreeMap<>(timingsMs));
  }

  /** Reads these shards, each of which is committed. */
  public static CampaignSummary of(StoreIO io, StoreLocation finalRoot, List<String> shardIds) {
    CampaignSummary sum = EMPTY;
    for (String shardId : shardIds) {
      sum = sum.plus(ofShard(io, finalRoot.child(shardId)));
    }
    return sum;
  }

  private static CampaignSummary ofShard(StoreIO io, StoreLocation folder) {
    CommittedShard shard = CommittedShard.open(io, folder);
    try (RolloutZarrStoreReader reader = shard.reader()) {
      return of(shard.owner(), StoreSummary.of(reader));
    }
  }

  private static CampaignSummary of(OwnerSidecar owner, StoreSummary content) {
    Map<String, Long> empty = new TreeMap<>();
    Map<String, Long> skips = new TreeMap<>();
    for (SourceOutcome outcome : owner.sourceOutcomes()) {
      outcome.skipCounters().forEach((reason, count) -> skips.merge(reason, count, Long::sum));
      if (outcome.rollouts() == 0) {
        empty.merge(outcome.reason(), 1L, Long::sum);
      }
    }
    return new CampaignSummary(
        1,
        owner.sourceOutcomes().size(),
        empty,
        skips,
        content,
        owner.seal().size(),
        owner.timingsMs());
  }

  /** Both together. */
  public CampaignSummary plus(CampaignSummary other) {
    return new CampaignSummary(
        shards + other.shards,
        sourceRows + other.sourceRows,
        sum(rowsWithoutRollouts, other.rowsWithoutRollouts),
        sum(skips, other.skips),
        content.plus(other.content),
        storage.plus(other.storage),
        sum(timingsMs, other.timingsMs));
  }

  private static Map<String, Long> sum(Map<String, Long> left, Map<String, Long> right) {
    Map<String, Long> sum = new TreeMap<>(left);
    right.forEach((key, count) -> sum.merge(key, count, Long::sum));
    return sum;
  }
}
