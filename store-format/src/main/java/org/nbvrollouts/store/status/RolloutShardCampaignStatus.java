package org.nbvrollouts.store.status;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.json.CanonicalJson;

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
  public RolloutShardCampaignStatus {
    shards = List.copyOf(shards);
    orphans = List.copyOf(orphans);
  }

  /** What the shards come to. */
  public CampaignTotals totals() {
    CampaignTotals totals = new CampaignTotals();
    shards.forEach(totals::add);
    return totals;
  }

  /** The keys of the first form of the report. */
  public Map<String, Object> toReferenceJson() {
    Map<String, Object> json = totals().frame(manifestPath, finalRoot);
    json.put("shards", shards.stream().map(RolloutShardStatus::toReferenceJson).toList());
    return json;
  }

  /** All keys. */
  public Map<String, Object> toJson() {
    Map<String, Object> json =
        new CampaignStatusReport(
                manifestPath, finalRoot, totals(), orphans, generatedAtUtc, verifyLevel)
            .frame();
    json.put("shards", shards.stream().map(RolloutShardStatus::toJson).toList());
    return json;
  }

  /** Canonical bytes of the report. */
  public byte[] toBytes() {
    return CanonicalJson.pretty(toJson()).getBytes(StandardCharsets.UTF_8);
  }
}
