package org.nbvrollouts.store.manifest;

import java.util.List;
import java.util.Map;

/** The values of an entry that every sidecar repeats (specification campaign 6). */
public record SidecarIdentity(
    String shardId, ShardInputs inputs, String splitManifestHash, String split, int numSourceRows) {

  /** The identity of an entry. */
  public static SidecarIdentity of(RolloutShardEntry entry) {
    return new SidecarIdentity(
        entry.shardId(), entry.inputs(), entry.splitManifestHash(), entry.split(), entry.numRows());
  }

  void putInto(Map<String, Object> json) {
    json.put("shard_id", shardId);
    json.put("writer_config_hash", inputs.writerConfigHash());
    json.put("source_manifest_hash", inputs.sourceManifestHash());
    json.put("split_manifest_hash", splitManifestHash);
    json.put("source_cache_version", inputs.sourceCacheVersion());
    json.put("split", split);
    json.put("num_source_rows", numSourceRows);
  }

  static SidecarIdentity parse(JsonFields fields, List<String> problems) {
    String shardId = fields.text("shard_id");
    if (!ShardIds.isCanonical(shardId)) {
      problems.add("Invalid shard_id: " + shardId + " (expected " + ShardIds.rule() + ")");
    }
    return new SidecarIdentity(
        shardId,
        new ShardInputs(
            fields.text("writer_config_hash"),
            fields.text("source_manifest_hash"),
            fields.text("source_cache_version")),
        fields.text("split_manifest_hash"),
        fields.text("split"),
        fields.smallInteger("num_source_rows"));
  }
}
