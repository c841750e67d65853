package org.nbvrollouts.jobs.command;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.nbvrollouts.jobs.campaign.CampaignSession;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.status.CampaignTotals;
import org.nbvrollouts.store.status.ShardState;

/** What a run would do (specification campaign 10.3). */
final class DryRun {
  private DryRun() {}

  /** Prints it for people, or as JSON. */
  static int report(Console console, CampaignSession session, CampaignHeader header, boolean json) {
    CampaignTotals status = session.status(VerifyLevel.FILES, shard -> {}).totals();
    long shards = status.shards();
    long finished = status.count(ShardState.SUCCEEDED);
    long blocked = status.count(ShardState.INCOMPLETE);
    long left = shards - finished - blocked;
    long unended = status.unfinishedAttempts();
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("attempts_without_end", unended);
      report.put("blocked", blocked);
      report.put("campaign_id", header.campaignId());
      report.put("final_root", session.finalRoot().toString());
      report.put("finished", finished);
      report.put("shards", shards);
      report.put("storage", session.storageWords());
      report.put("to_build", left);
      console.print(CanonicalJson.pretty(report));
      return ExitCode.OK;
    }
    console.print(header.campaignId() + ", " + session.finalRoot());
    console.print(line("Shards", shards));
    console.print(line("  finished", finished));
    console.print(line("  to build", left));
    console.print(line("  blocked by what is there", blocked));
    console.print(line("Attempts without an end", unended));
    console.print("Storage: " + session.storageWords());
    console.print("Estimated size: " + estimate(status));
    return ExitCode.OK;
  }

  private static String line(String what, long number) {
    return String.format(Locale.ROOT, "%-26s %8d", what, number);
  }

  private static String estimate(CampaignTotals status) {
    long done = status.count(ShardState.SUCCEEDED);
    return done == 0
        ? "unknown until a shard is finished"
        : String.format(
            Locale.ROOT,
            "%.1f MB, from the finished shards",
            status.storage().bytes() / 1e6 / done * status.shards());
  }
}
