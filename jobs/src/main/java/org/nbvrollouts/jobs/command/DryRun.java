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

  /** Prints as JSON what {@link #report} prints for people. */
  static int reportJson(Console console, CampaignSession session, CampaignHeader header) {
    CampaignTotals status = session.status(VerifyLevel.FILES, shard -> {}).totals();
    long finished = status.count(ShardState.SUCCEEDED);
    long blocked = status.count(ShardState.INCOMPLETE);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("attempts_without_end", status.unfinishedAttempts());
    report.put("blocked", blocked);
    report.put("campaign_id", header.campaignId());
    report.put("final_root", session.finalRoot().toString());
    report.put("finished", finished);
    report.put("shards", status.shards());
    report.put("storage", session.storageWords());
    report.put("to_build", status.shards() - finished - blocked);
    console.print(CanonicalJson.pretty(report));
    return ExitCode.OK;
  }

  static int report(Console console, CampaignSession session, CampaignHeader header) {
    CampaignTotals status = session.status(VerifyLevel.FILES, shard -> {}).totals();
    long total = status.shards();
    long current = status.count(ShardState.SUCCEEDED);
    long blocked = status.count(ShardState.INCOMPLETE);
    long stale = status.unfinishedAttempts();
    console.print(header.campaignId() + ", " + session.finalRoot());
    console.print(line("Shards", total));
    console.print(line("  finished", current));
    console.print(line("  to build", total - current - blocked));
    console.print(line("  blocked by what is there", blocked));
    console.print(line("Attempts without an end", stale));
    console.print("Storage: " + session.storageWords());
    console.print("Estimated size: " + estimate(status, total));
    return ExitCode.OK;
  }

  private static String line(String what, long number) {
    return String.format(Locale.ROOT, "%-26s %8d", what, number);
  }

  private static String estimate(CampaignTotals status, long total) {
    long done = status.count(ShardState.SUCCEEDED);
    return done == 0
        ? "unknown until a shard is finished"
        : String.format(
            Locale.ROOT,
            "%.1f MB, from the finished shards",
            status.storage().bytes() / 1e6 / done * total);
  }
}
