package org.nbvrollouts.jobs.command;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.campaign.CampaignRunResult;
import org.nbvrollouts.jobs.campaign.CampaignSession;
import org.nbvrollouts.jobs.campaign.CampaignSpark;
import org.nbvrollouts.jobs.campaign.CampaignStatus;
import org.nbvrollouts.jobs.campaign.RunCampaignJob;
import org.nbvrollouts.jobs.campaign.RunGuards;
import org.nbvrollouts.jobs.campaign.SoleDriver;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.config.RunSettings;
import org.nbvrollouts.jobs.provenance.BuildInfo;
import org.nbvrollouts.jobs.summary.SummaryText;
import org.nbvrollouts.store.commit.CampaignLock;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.ShardIds;
import org.nbvrollouts.store.status.ShardState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = {
      "Build every shard of a plan that is not finished. The same command continues after any stop."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  nbv-rollouts run --config production.toml --shard-manifest campaign/shards.jsonl \\%n"
            + "      --final-root campaign/stores")
final class RunCommand implements Callable<Integer> {
  private final Console console;

  @Spec CommandSpec spec;
  @Mixin ConfigOptions configOptions;
  @Mixin RunOptions options;

  @Option(
      names = "--shard-id",
      paramLabel = "ID",
      description = "Build this shard only; may be repeated")
  List<String> shardIds = List.of();

  @Option(names = "--dry-run", description = "Check everything and report, build nothing")
  boolean dryRun;

  @Option(
      names = "--json",
      description = "Report the status as JSON, or with --dry-run what would be built")
  boolean json;

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    CampaignConfig config = configOptions.load(console);
    RunSettings settings = options.applyTo(config.run());
    refuseUnknownBuild(settings);
    if (shardIds.isEmpty() && options.isPlanOfNothing(config)) {
      return options.emptyPlan().report(console, VerifyLevel.parse(settings.verify()), json);
    }
    CampaignSession session = options.session(config);
    CampaignHeader header = session.header();
    session.check(header);
    refuseUnmeasuredSpace(session, settings);
    session.checkSource(options.sourceOverride());
    CampaignSession.Selection shards = session.entries(ids());
    session.plan().warnings().forEach(console::note);
    if (dryRun) {
      return DryRun.report(console, session, header, json);
    }
    SoleDriver sole = session.soleDriver();
    try {
      session.open(header);
      return run(session, header, settings, shards);
    } finally {
      sole.release();
    }
  }

  private int run(
      CampaignSession session,
      CampaignHeader header,
      RunSettings settings,
      CampaignSession.Selection shards)
      throws IOException {
    try (CampaignSpark spark = CampaignSpark.start(header.campaignId(), settings.parallelism());
        StatusOutputs outputs = new StatusOutputs(json)) {
      CampaignRunResult result = run(spark, session, header, settings, shards);
      if (result.interrupted()) {
        return ExitCode.UNFINISHED;
      }
      CampaignStatus status =
          session.statusWithSummary(spark, VerifyLevel.parse(settings.verify()), outputs::add);
      report(header, result, status, outputs);
      return RunVerdict.exitCode(result, status.totals());
    }
  }

  private CampaignRunResult run(
      CampaignSpark spark,
      CampaignSession session,
      CampaignHeader header,
      RunSettings settings,
      CampaignSession.Selection shards) {
    ConsoleProgress progress = new ConsoleProgress(console, System::nanoTime);
    try (CampaignLock lock = session.lock(header, progress::note)) {
      return new RunCampaignJob(
              session.request(
                  header,
                  settings,
                  options.sourceOverride(),
                  spec.commandLine().getParseResult().originalArgs()),
              settings,
              new RunGuards(session::freeSpace, lock::beat),
              progress)
          .run(spark, shards);
    }
  }

  private static void refuseUnmeasuredSpace(CampaignSession session, RunSettings settings) {
    if (settings.keepFreeGib().isPresent() && session.freeSpace().isEmpty()) {
      throw new RefusedInputException(
          "Cannot keep space free: the storage of the final root does not say how much it has"
              + " (keep_free_gib="
              + settings.keepFreeGib().getAsDouble()
              + "). Leave that limit out");
    }
  }

  private void refuseUnknownBuild(RunSettings settings) {
    if (!BuildInfo.current().isReproducible() && !settings.allowDirtyBuild()) {
      throw new RefusedInputException(
          "Cannot run campaign: this build does not name the commit it comes from (build="
              + BuildInfo.current().words()
              + "). Build a clean checkout, or add --allow-dirty-build");
    }
  }

  private Set<String> ids() {
    Set<String> ids = new TreeSet<>();
    shardIds.forEach(id -> ids.add(UsageException.ofFlags(() -> ShardIds.parse(id))));
    return ids;
  }

  private void report(
      CampaignHeader header, CampaignRunResult result, CampaignStatus status, StatusOutputs outputs)
      throws IOException {
    if (json) {
      outputs.writeReport(console.outWriter(), status.report());
      console.print("");
      return;
    }
    console.print(header.campaignId() + ": " + RunVerdict.words(result, status.totals()));
    result.stopped().ifPresent(reason -> console.print("Stopped early: " + reason));
    if (!status.totals().isComplete()) {
      console.print("Not finished: " + status.totals().unfinishedText());
    }
    if (status.totals().count(ShardState.SUCCEEDED) > 0) {
      console.print("");
      SummaryText.lines(status.summary()).forEach(console::print);
    }
  }
}
