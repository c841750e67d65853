package org.nbvrollouts.jobs.command;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.campaign.Durations;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.commit.AttemptSweep;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "gc",
    description = {
      "Find what dead attempts left in a final root; with --delete remove it. Committed shards,"
          + " failure markers and retired shards are never touched."
    },
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts gc --final-root campaign/stores --delete")
final class GcCommand implements Callable<Integer> {
  /** An attempt may commit until its deadline; the grace is never shorter than twice that. */
  private static final int DEADLINES = 2;

  private final Console console;

  @Mixin ConfigOptions configOptions;
  @Mixin FinalRootOption root;

  @Option(
      names = "--grace-minutes",
      paramLabel = "M",
      description =
          "Age from which a leftover may go. Default and least: twice [run] task_deadline_ms")
  Double graceMinutes;

  @Option(names = "--delete", description = "Remove what may go. Default: report only")
  boolean delete;

  GcCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CampaignConfig config = configOptions.load(console);
    CampaignFolder folder = CampaignFolder.of(root.location(), config);
    AttemptSweep sweep =
        new AttemptSweep(folder.layout(), folder.io(), folder.publisher(), grace(config));
    Totals totals = new Totals();
    try {
      sweep.visit(ProcessName.unique(), leftover -> handle(sweep, leftover, totals));
    } catch (IOException e) {
      throw CampaignFolder.unreadable(root.location(), e);
    }
    console.print(
        String.format(
            Locale.ROOT,
            "%s of dead attempts%s, %s, %.1f MB; %d kept",
            Count.of(totals.removable, "folder"),
            delete ? " removed" : " may go",
            Count.of(totals.files, "file"),
            totals.bytes / 1e6,
            totals.kept));
    if (!delete && totals.removable > 0) {
      console.print("Nothing was removed. Add --delete to do it");
    }
    return ExitCode.OK;
  }

  private Duration grace(CampaignConfig config) {
    Duration least = Duration.ofMillis(config.run().taskDeadlineMs()).multipliedBy(DEADLINES);
    if (graceMinutes == null) {
      return least;
    }
    Duration wanted = Duration.ofMillis(Math.round(graceMinutes * 60_000));
    if (wanted.compareTo(least) < 0) {
      throw new UsageException(
          "Invalid --grace-minutes: "
              + graceMinutes
              + " (expected at least "
              + least.toMillis() / 60_000.0
              + ", twice [run] task_deadline_ms, because an attempt may commit until its"
              + " deadline)");
    }
    return wanted;
  }

  private static final class Totals {
    private long removable;
    private long kept;
    private long files;
    private long bytes;
  }

  private void handle(AttemptSweep sweep, AttemptSweep.Leftover leftover, Totals totals) {
    boolean removable = leftover.verdict() == AttemptSweep.Verdict.REMOVABLE;
    console.print(
        String.format(
            Locale.ROOT,
            "  %s %s: %s, %s, %.1f MB, %s old",
            leftover.shardId(),
            leftover.attemptId(),
            leftover.verdict().name().toLowerCase(Locale.ROOT),
            Count.of(leftover.files(), "file"),
            leftover.bytes() / 1e6,
            Durations.words(leftover.age().toMillis())));
    if (!removable) {
      totals.kept++;
      return;
    }
    if (delete) {
      try {
        sweep.remove(leftover);
      } catch (IOException e) {
        throw new EnvironmentException(
            "Cannot remove attempt: " + StorageReason.of(e) + " (folder=" + leftover.folder() + ")",
            e);
      }
    }
    totals.removable++;
    totals.files += leftover.files();
    totals.bytes += leftover.bytes();
  }
}
