package org.nbvrollouts.store.status;

import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.commit.VerifyLevel;

/**
 * What is known about a whole campaign beside its single shards (specification campaign 8).
 *
 * @param orphans names in the final root that no entry owns
 * @param generatedAtUtc second of the report, ISO 8601 with {@code Z}
 */
public record CampaignStatusReport(
    String manifestPath,
    String finalRoot,
    CampaignTotals totals,
    List<String> orphans,
    String generatedAtUtc,
    VerifyLevel verifyLevel) {
  public CampaignStatusReport {
    orphans = List.copyOf(orphans);
  }

  /** All keys of the report but {@code shards}. */
  Map<String, Object> frame() {
    Map<String, Object> json = totals.frame(manifestPath, finalRoot);
    json.putAll(totals.toJson());
    json.put("orphans", orphans);
    json.put("generated_at_utc", generatedAtUtc);
    json.put("verify_level", verifyLevel.text());
    return json;
  }
}
