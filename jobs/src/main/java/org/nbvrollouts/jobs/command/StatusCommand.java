package org.nbvrollouts.jobs.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.campaign.CampaignSession;
import org.nbvrollouts.jobs.campaign.CampaignStatus;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.ErrorCode;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.status.CampaignTotals;
import org.nbvrollouts.store.status.ShardState;
import org.nbvrollouts.store.status.StatusComparison;
import org.nbvrollouts.store.status.StatusReportParser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = "Say which shards of a plan are finished, from what is stored and nothing else.",
    footerHeading = "%nExample:%n",
    footer =
        "  nbv-rollouts status --shard-manifest campaign/shards.jsonl --final-root campaign/stores")
final class StatusCommand implements Callable<Integer> {
  private static final int SHOWN_ORPHANS = 100;

  private final Console console;

  @Option(
      names = "--shard-manifest",
      paramLabel = "FILE",
      required = true,
      description = "The plan")
  Path shardManifest;

  @Mixin FinalRootOption finalRoot;

  @Option(
      names = "--verify",
      paramLabel = "marker|files|full",
      defaultValue = "files",
      description = "How much is read before a shard is believed. Default: ${DEFAULT-VALUE}")
  String verify;

  @Option(
      names = "--output-json",
      paramLabel = "FILE",
      description = "Write the report to this file as well")
  Path outputJson;

  @Option(
      names = "--retry-manifest",
      paramLabel = "FILE",
      description = "Write a plan of the unfinished shards")
  Path retryManifest;

  @Option(
      names = "--against",
      paramLabel = "OLD.json",
      description = "Compare with an earlier report; a finished shard that changed exits with 3")
  Path against;

  @Option(names = "--require-complete", description = "Exit with 2 if a shard is unfinished")
  boolean requireComplete;

  @Option(names = "--json", description = "Print the report as JSON")
  boolean json;

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CampaignConfig config = CampaignConfig.profile(ConfigOptions.DEFAULT_PROFILE);
    Paths.refuseAsPlan(shardManifest);
    VerifyLevel level = UsageException.ofFlags(() -> VerifyLevel.parse(verify));
    checkOutputs();
    CampaignSession session =
        new CampaignSession(config, shardManifest, finalRoot.location(), Clock.systemUTC());
    try (StatusOutputs outputs = new StatusOutputs(json || outputJson != null)) {
      Optional<StatusComparison> comparison =
          against == null
              ? Optional.empty()
              : Optional.of(new StatusComparison(StatusReportParser.ownersOfFinished(against)));
      CampaignStatus status =
          session.status(
              level,
              shard -> {
                outputs.add(shard);
                comparison.ifPresent(known -> known.add(shard));
              });
      if (outputJson != null) {
        outputs.writeReport(outputJson, status.report());
      }
      if (retryManifest != null) {
        outputs.writeRetryManifest(retryManifest, session.plan());
        noteEmptyRetry(status);
      }
      if (json) {
        outputs.writeReport(console.outWriter(), status.report());
        console.print("");
      } else {
        print(status, outputs);
      }
      comparison.ifPresent(this::printComparison);
      return exitCode(status.totals(), comparison);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read or write report: " + StorageReason.withFile(e), e);
    }
  }

  private void noteEmptyRetry(CampaignStatus status) {
    if (status.totals().isComplete()) {
      console.note(
          "Nothing to retry: every shard is finished, so the plan is empty, and a run of it has"
              + " nothing to do (file="
              + retryManifest
              + ")");
    }
  }

  private void checkOutputs() {
    StatusFiles files = new StatusFiles(shardManifest, finalRoot.location());
    if (outputJson != null) {
      // An earlier report may be compared with and replaced: it is read first.
      files.check("--output-json", outputJson);
    }
    if (against != null) {
      Paths.refuseUnlessFile("--against", against, "what status --output-json has written");
      files.keep("the report of --against", against);
    }
    if (retryManifest != null) {
      files.check("--retry-manifest", retryManifest);
    }
  }

  private void print(CampaignStatus status, StatusOutputs outputs) {
    CampaignTotals totals = status.totals();
    console.print(
        String.format(
            Locale.ROOT,
            "%s: %d succeeded, %d failed, %d incomplete, %d missing; %d of %s done",
            Count.of(totals.shards(), "shard"),
            totals.count(ShardState.SUCCEEDED),
            totals.count(ShardState.FAILED),
            totals.count(ShardState.INCOMPLETE),
            totals.count(ShardState.MISSING),
            totals.rowsDone(),
            Count.of(totals.rowsTotal(), "row")));
    if (!totals.isComplete()) {
      console.print("Not finished: " + totals.unfinishedText());
    }
    outputs.findings().forEach(line -> console.print("  " + line));
    List<String> orphans = status.report().orphans();
    if (!orphans.isEmpty()) {
      console.print(
          "Not of this plan: "
              + String.join(", ", orphans.subList(0, Math.min(SHOWN_ORPHANS, orphans.size())))
              + (orphans.size() > SHOWN_ORPHANS
                  ? ", ... +" + (orphans.size() - SHOWN_ORPHANS) + " more"
                  : ""));
    }
  }

  private void printComparison(StatusComparison comparison) {
    String line =
        String.format(
            Locale.ROOT,
            "Against %s: %s, %d finished since",
            against,
            Count.of(comparison.count(), "difference"),
            comparison.finishedSince());
    if (json) {
      console.note(line);
      comparison.differences().forEach(difference -> console.note("  " + difference));
    } else {
      console.print(line);
      comparison.differences().forEach(difference -> console.print("  " + difference));
    }
  }

  private int exitCode(CampaignTotals totals, Optional<StatusComparison> comparison) {
    if (comparison.map(StatusComparison::count).orElse(0L) > 0) {
      return ErrorCode.REFUSED_INPUT.exitStatus();
    }
    if (totals.divergent() > 0) {
      return ExitCode.DIVERGENT;
    }
    if (totals.storageErrors() > 0) {
      return ErrorCode.ENVIRONMENT.exitStatus();
    }
    return requireComplete && !totals.isComplete() ? ExitCode.UNFINISHED : ExitCode.OK;
  }
}
