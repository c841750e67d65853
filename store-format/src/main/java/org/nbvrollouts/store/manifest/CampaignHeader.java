package org.nbvrollouts.store.manifest;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * {@code campaign.json}: what a shard manifest was planned from (specification campaign 4.4).
 *
 * @param createdAtUtc second of planning, ISO 8601 with {@code Z}
 * @param plan size and cut of the plan
 * @param sourceLocation where the source was; never decides whether work is current
 * @param writerConfig resolved configuration as JSON values
 * @param generatorVersion version of the product
 */
public record CampaignHeader(
    String campaignId,
    String createdAtUtc,
    CampaignPlan plan,
    String sourceLocation,
    Map<String, Object> writerConfig,
    String generatorVersion) {

  /** Name of the file. */
  public static final String FILE_NAME = "campaign.json";

  /**
   * Size and cut of a plan.
   *
   * @param manifestSha256Bytes SHA-256 of the bytes of the shard manifest
   * @param splitPolicy how rows got their splits, as the source says
   */
  public record CampaignPlan(
      String manifestSha256Bytes,
      long numShards,
      long numRows,
      int rowsPerShard,
      ShardGrouping grouping,
      String splitPolicy) {

    /** The plan of a manifest. */
    public static CampaignPlan of(
        ShardManifestFile manifest, int rowsPerShard, ShardGrouping grouping, String splitPolicy) {
      return new CampaignPlan(
          manifest.sha256(),
          manifest.shards(),
          manifest.rows(),
          rowsPerShard,
          grouping,
          splitPolicy);
    }
  }

  /** The JSON value of the file. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("campaign_id", campaignId);
    json.put("created_at_utc", createdAtUtc);
    json.put("manifest_sha256_bytes", plan.manifestSha256Bytes());
    json.put("num_shards", plan.numShards());
    json.put("num_rows", plan.numRows());
    json.put("rows_per_shard", plan.rowsPerShard());
    json.put("grouping", plan.grouping().text());
    json.put("split_policy", plan.splitPolicy());
    json.put("source_location", sourceLocation);
    json.put("writer_config", writerConfig);
    json.put("generator_version", generatorVersion);
    return json;
  }

  /** Canonical bytes of the file. */
  public byte[] toBytes() {
    return CanonicalJson.pretty(toJson()).getBytes(StandardCharsets.UTF_8);
  }
}
