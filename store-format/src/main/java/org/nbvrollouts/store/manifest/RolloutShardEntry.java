package org.nbvrollouts.store.manifest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.schema.StoreSchema;

/**
 * One shard of a campaign: ordered rows of one split and the hashes that pin its inputs
 * (specification campaign 4.2). The entry may be inconsistent; {@link #problems()} tells.
 *
 * @param shardId canonical id
 * @param splitManifestHash over the source manifest hash, the split and the rows
 * @param sourceStoreDir location at planning time; never decides whether work is current
 */
public record RolloutShardEntry(
    String shardId,
    String split,
    ShardInputs inputs,
    String splitManifestHash,
    String sourceStoreDir,
    List<RolloutShardRow> rows)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Value of {@code manifest_version}. */
  public static final String MANIFEST_VERSION = StoreSchema.ROLLOUT_SHARD_MANIFEST_VERSION;

  public RolloutShardEntry {
    rows = List.copyOf(rows);
  }

  public String writerConfigHash() {
    return inputs.writerConfigHash();
  }

  public String sourceManifestHash() {
    return inputs.sourceManifestHash();
  }

  public String sourceCacheVersion() {
    return inputs.sourceCacheVersion();
  }

  /** Number of source rows. */
  public int numRows() {
    return rows.size();
  }

  /** The entry as the manifest, the owner sidecar and the store manifest embed it. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("manifest_version", MANIFEST_VERSION);
    json.put("shard_id", shardId);
    json.put("split", split);
    json.put("num_rows", rows.size());
    json.put("writer_config_hash", writerConfigHash());
    json.put("source_manifest_hash", sourceManifestHash());
    json.put("source_cache_version", sourceCacheVersion());
    json.put("split_manifest_hash", splitManifestHash);
    json.put("source_store_dir", sourceStoreDir);
    json.put("rows", rows.stream().map(RolloutShardRow::toJson).toList());
    return json;
  }

  /**
   * Every rule of specification campaign 4.3 that this entry breaks by itself, in a fixed order;
   * empty if it is valid.
   */
  public List<String> problems() {
    List<String> problems = new ArrayList<>(inputs.problems());
    if (!ShardIds.isCanonical(shardId)) {
      problems.add("Invalid shard_id: " + shardId + " (expected " + ShardIds.rule() + ")");
    }
    if (rows.isEmpty()) {
      problems.add("Invalid rows: none (expected at least one)");
    }
    for (int i = 0; i < rows.size(); i++) {
      rowProblems(i, problems);
    }
    String expected = SplitManifestHash.of(sourceManifestHash(), split, rows);
    if (!expected.equals(splitManifestHash)) {
      problems.add(
          "Invalid split_manifest_hash: %s (expected %s, the hash of the rows)"
              .formatted(splitManifestHash, expected));
    }
    return problems;
  }

  private void rowProblems(int position, List<String> problems) {
    RolloutShardRow row = rows.get(position);
    if (row.order() != position) {
      problems.add(
          "Invalid order: %d (expected %d, rows[%d])".formatted(row.order(), position, position));
    }
    if (!row.split().equals(split)) {
      problems.add(
          "Invalid split: %s (expected %s, the split of the entry, rows[%d])"
              .formatted(row.split(), split, position));
    }
    if (row.sourceShardId().isEmpty()) {
      problems.add(
          "Invalid source_shard_id: empty (expected a name, rows[%d])".formatted(position));
    }
    if (row.sourceShardRow() < 0) {
      problems.add(
          "Invalid source_shard_row: %d (expected at least 0, rows[%d])"
              .formatted(row.sourceShardRow(), position));
    }
  }

  /**
   * Whether a JSON value is this entry, field by field and type by type. The location of the source
   * is left out: moving a data set must not make finished work stale (specification campaign 5.2).
   */
  public boolean isEntry(Object json) {
    return json instanceof Map<?, ?> map
        && CanonicalJson.isSame(withoutLocation(map), withoutLocation(toJson()));
  }

  private static Map<String, Object> withoutLocation(Map<?, ?> json) {
    Map<String, Object> copy = new LinkedHashMap<>();
    json.forEach((key, value) -> copy.put(String.valueOf(key), value));
    copy.remove("source_store_dir");
    return copy;
  }
}
