package org.nbvrollouts.store.status;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.commit.ShardReason;
import org.nbvrollouts.store.manifest.ShardCounts;
import org.nbvrollouts.store.manifest.StorageSize;

/**
 * What a campaign comes to, from the statuses of its shards one after the other. Its size does not
 * depend on how many there are. Not thread-safe.
 */
public final class CampaignTotals {
  private static final int SHOWN_SHARDS = 20;

  private final Map<ShardState, Long> states = new EnumMap<>(ShardState.class);
  private final List<String> firstUnfinished = new ArrayList<>();
  private RolloutShardStatus firstWithRollouts;
  private long shards;
  private long rows;
  private long rowsDone;
  private long divergent;
  private long storageErrors;
  private long storageErrorsIncomplete;
  private long unfinishedAttempts;
  private StorageSize storage = StorageSize.NONE;
  private ShardCounts counts = ShardCounts.NONE;

  /** Adds the next shard in plan order. */
  public void add(RolloutShardStatus shard) {
    shards++;
    states.merge(shard.state(), 1L, Long::sum);
    rows += shard.numSourceRows();
    unfinishedAttempts += shard.attempts().unfinished();
    if (!shard.divergentReports().isEmpty()) {
      divergent++;
    }
    if (shard.has(ShardReason.STORAGE_ERROR)) {
      storageErrors++;
      if (shard.state() == ShardState.INCOMPLETE) {
        storageErrorsIncomplete++;
      }
    }
    storage = storage.plus(shard.committed().storage());
    counts = counts.plus(shard.committed().counts());
    if (shard.isDone()) {
      rowsDone += shard.numSourceRows();
    } else if (firstUnfinished.size() < SHOWN_SHARDS) {
      firstUnfinished.add(shard.shardId() + ":" + shard.state().text());
    }
    if (firstWithRollouts == null && shard.committed().counts().rollouts() > 0) {
      firstWithRollouts = shard;
    }
  }

  /** Planned shards. */
  public long shards() {
    return shards;
  }

  /** Shards in a state. */
  public long count(ShardState state) {
    return states.getOrDefault(state, 0L);
  }

  /** Whether every planned shard is committed and verifies. */
  public boolean isComplete() {
    return count(ShardState.SUCCEEDED) == shards;
  }

  /** Shards that have a divergence report. */
  public long divergent() {
    return divergent;
  }

  /** Shards that the storage gave no or half an answer about. */
  public long storageErrors() {
    return storageErrors;
  }

  /** Incomplete shards that may be sound, because it was the storage that did not answer. */
  public long incompleteForStorage() {
    return storageErrorsIncomplete;
  }

  /** Attempts that left no outcome: killed, or still running. */
  public long unfinishedAttempts() {
    return unfinishedAttempts;
  }

  /** Source rows of all entries. */
  public long rowsTotal() {
    return rows;
  }

  /** Source rows of finished shards. */
  public long rowsDone() {
    return rowsDone;
  }

  /** Size of all finished stores. */
  public StorageSize storage() {
    return storage;
  }

  /** Table rows of all finished stores. */
  public ShardCounts counts() {
    return counts;
  }

  /** The first finished shard with anything in it. */
  public Optional<RolloutShardStatus> firstWithRollouts() {
    return Optional.ofNullable(firstWithRollouts);
  }

  /** The first unfinished shards as {@code id:status}, and how many more there are. */
  public String unfinishedText() {
    long more = shards - count(ShardState.SUCCEEDED) - firstUnfinished.size();
    String text = String.join(", ", firstUnfinished);
    return more <= 0 ? text : text + ", ... +" + more + " more";
  }

  /** The keys of a report that stand before its shards in every form. */
  Map<String, Object> frame(String manifestPath, String finalRoot) {
    Map<String, Object> words = new LinkedHashMap<>();
    for (ShardState state : ShardState.values()) {
      words.put(state.text(), count(state));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("manifest_path", manifestPath);
    json.put("final_root", finalRoot);
    json.put("num_shards", shards);
    json.put("counts", words);
    return json;
  }

  /** The keys of a report beside its frame and its shards. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows_total", rows);
    json.put("rows_done", rowsDone);
    // A lost race that gave the same data leaves nothing behind, so it cannot be counted here.
    Map<String, Object> duplicates = new LinkedHashMap<>();
    duplicates.put("lost_race", null);
    duplicates.put("divergent", divergent);
    json.put("duplicates", duplicates);
    json.put("storage", storage.toJson());
    json.put("table_rows", counts.toJson());
    return json;
  }
}
