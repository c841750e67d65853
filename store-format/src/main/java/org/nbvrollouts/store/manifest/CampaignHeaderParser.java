package org.nbvrollouts.store.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.nbvrollouts.store.json.JsonParser;

/** Reads {@code campaign.json} (specification campaign 4.4). */
public final class CampaignHeaderParser {
  private static final Pattern CAMPAIGN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern GROUPING = Pattern.compile("none|scene");

  private CampaignHeaderParser() {}

  /**
   * Parses the file.
   *
   * @param file name for messages
   * @throws org.nbvrollouts.store.error.InvalidContentException listing every problem
   */
  public static CampaignHeader parse(byte[] utf8, String file) {
    List<String> problems = new ArrayList<>();
    JsonFields fields = new JsonFields(JsonParser.parseObject(utf8, file), problems);
    String campaignId =
        fields.matching("campaign_id", CAMPAIGN_ID, "letters, digits, '.', '_' and '-'");
    String grouping = fields.matching("grouping", GROUPING, "none or scene");
    String sha256 = fields.matching("manifest_sha256_bytes", SHA_256, "64 hex digits");
    String createdAtUtc = fields.text("created_at_utc");
    long numShards = fields.integer("num_shards");
    long numRows = fields.integer("num_rows");
    int rowsPerShard = fields.smallInteger("rows_per_shard");
    String splitPolicy = fields.text("split_policy");
    String sourceLocation = fields.text("source_location");
    var writerConfig = fields.objectMap("writer_config");
    String generatorVersion = fields.text("generator_version");
    JsonFields.refuse("campaign header", file, problems);
    return new CampaignHeader(
        campaignId,
        createdAtUtc,
        new CampaignHeader.CampaignPlan(
            sha256, numShards, numRows, rowsPerShard, ShardGrouping.parse(grouping), splitPolicy),
        sourceLocation,
        writerConfig,
        generatorVersion);
  }
}
