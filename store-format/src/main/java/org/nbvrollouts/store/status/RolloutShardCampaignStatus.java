package org.nbvrollouts.store.status;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.manifest.ShardCounts;
import org.nbvrollouts.store.manifest.StorageSize;

/**
 * What is known about a whole campaign (specification campaign 8).
 *
 * @param shards one per entry, in manifest order
 * @param orphans names in the final root that no entry owns
 * @param generatedAtUtc second of the report, ISO 8601 with {@code Z}
 */
public record RolloutShardCampaignStatus(
    String manifestPath,
    String finalRoot,
    List<RolloutShardStatus> shards,
    List<String> orphans,
    String generatedAtUtc,
    VerifyLevel verifyLevel) {
  private static final int SHOWN_SHARDS = 20;

  public RolloutShardCampaignStatus {
    shards = List.copyOf(shards);
    orphans = List.copyOf(orphans);
  }

  /** Shards in a state. */
  public long count(ShardState state) {
    return shards.stream().filter(shard -> shard.state() == state).count();
  }

  /** Whether every planned shard is committed and verifies. */
  public boolean isComplete() {
    return shards.stream().allMatch(RolloutShardStatus::isDone);
  }

  /** Shards that have a divergence report. */
  public long divergent() {
    return shards.stream().filter(shard -> !shard.divergentReports().isEmpty()).count();
  }

  /** Source rows of all entries. */
  public long rowsTotal() {
    return shards.stream().mapToLong(RolloutShardStatus::numSourceRows).sum();
  }

  /** Source rows of finished shards. */
  public long rowsDone() {
    return shards.stream()
        .filter(RolloutShardStatus::isDone)
        .mapToLong(RolloutShardStatus::numSourceRows)
        .sum();
  }

  /** Size of all finished stores. */
  public StorageSize storage() {
    return shards.stream()
        .map(shard -> shard.committed().storage())
        .reduce(StorageSize.NONE, StorageSize::plus);
  }

  /** Table rows of all finished stores. */
  public ShardCounts counts() {
    return shards.stream()
        .map(shard -> shard.committed().counts())
        .reduce(ShardCounts.NONE, ShardCounts::plus);
  }

  /** Ids of the shards that are not finished; with {@code ShardManifest.only} a retry manifest. */
  public Set<String> unfinishedIds() {
    return shards.stream()
        .filter(shard -> !shard.isDone())
        .map(RolloutShardStatus::shardId)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The first unfinished shards as {@code id:status}, and how many more there are. */
  public String unfinishedText() {
    List<String> texts =
        shards.stream()
            .filter(shard -> !shard.isDone())
            .map(shard -> shard.shardId() + ":" + shard.state().text())
            .toList();
    int more = texts.size() - SHOWN_SHARDS;
    return more <= 0
        ? String.join(", ", texts)
        : String.join(", ", texts.subList(0, SHOWN_SHARDS)) + ", ... +" + more + " more";
  }

  /** The keys of the first form of the report. */
  public Map<String, Object> toReferenceJson() {
    Map<String, Object> json = frame();
    json.put("shards", shards.stream().map(RolloutShardStatus::toReferenceJson).toList());
    return json;
  }

  /** All keys. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = frame();
    json.put("shards", shards.stream().map(RolloutShardStatus::toJson).toList());
    json.put("rows_total", rowsTotal());
    json.put("rows_done", rowsDone());
    json.put("orphans", orphans);
    // A lost race that gave the same data leaves nothing behind, so it cannot be counted here.
    Map<String, Object> duplicates = new LinkedHashMap<>();
    duplicates.put("lost_race", null);
    duplicates.put("divergent", divergent());
    json.put("duplicates", duplicates);
    json.put("storage", storage().toJson());
    json.put("table_rows", counts().toJson());
    json.put("generated_at_utc", generatedAtUtc);
    json.put("verify_level", verifyLevel.text());
    return json;
  }

  /** Canonical bytes of the report. */
  public byte[] toBytes() {
    return CanonicalJson.pretty(toJson()).getBytes(StandardCharsets.UTF_8);
  }

  private Map<String, Object> frame() {
    Map<String, Object> counts = new LinkedHashMap<>();
    for (ShardState state : ShardState.values()) {
      counts.put(state.text(), count(state));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("manifest_path", manifestPath);
    json.put("final_root", finalRoot);
    json.put("num_shards", shards.size());
    json.put("counts", counts);
    return json;
  }
}
