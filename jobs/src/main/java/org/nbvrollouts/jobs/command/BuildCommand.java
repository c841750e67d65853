package org.nbvrollouts.jobs.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.campaign.CampaignSession;
import org.nbvrollouts.jobs.campaign.FailureText;
import org.nbvrollouts.jobs.campaign.SoleDriver;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.config.RunSettings;
import org.nbvrollouts.jobs.shard.ShardRunRequest;
import org.nbvrollouts.jobs.shard.ShardRunner;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardIds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "build",
    description = "Build one shard in this process, without Spark.",
    footerHeading = "%nExample:%n",
    footer =
        "  nbv-rollouts build --config production.toml --shard-manifest campaign/shards.jsonl \\%n"
            + "      --final-root campaign/stores --shard-id 7")
final class BuildCommand implements Callable<Integer> {
  private static final String EXECUTOR = "driver";

  private final Console console;

  @Spec CommandSpec spec;
  @Mixin ConfigOptions configOptions;
  @Mixin RunOptions options;

  @Option(names = "--shard-id", paramLabel = "ID", required = true, description = "The shard")
  String shardId;

  @Option(names = "--dry-run", description = "Check configuration, plan and final root only")
  boolean dryRun;

  BuildCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CampaignConfig config = configOptions.load(console);
    RunSettings settings = options.applyTo(config.run());
    CampaignSession session = options.session(config);
    CampaignHeader header = session.header();
    session.check(header);
    session.checkSource(options.sourceOverride());
    RolloutShardEntry entry =
        session.plan().entry(UsageException.ofFlags(() -> ShardIds.parse(shardId)));
    if (dryRun) {
      console.print(entry.shardId() + ": " + Count.of(entry.numRows(), "row") + ", would be built");
      return ExitCode.OK;
    }
    SoleDriver sole = session.soleDriver();
    try {
      session.open(header);
      ShardRunRequest request =
          session.request(
              header,
              settings,
              options.sourceOverride(),
              spec.commandLine().getParseResult().originalArgs());
      return report(run(ShardRunner.of(request), entry));
    } finally {
      sole.release();
    }
  }

  private static RolloutShardRunResult run(ShardRunner runner, RolloutShardEntry entry) {
    long start = System.nanoTime();
    RolloutShardRunResult result =
        runner.run(entry, 0, EXECUTOR, Thread.currentThread()::isInterrupted);
    return result instanceof RolloutShardRunResult.Sealed sealed
        ? runner.commit(entry, sealed, Duration.ofNanos(System.nanoTime() - start))
        : result;
  }

  private int report(RolloutShardRunResult result) {
    if (result instanceof RolloutShardRunResult.Unfinished unfinished) {
      console.note(FailureText.of(unfinished.failure()));
      return RunVerdict.codeOf(unfinished);
    }
    console.print(result.shardId() + ": " + result.outcome().text() + ", " + result.finalDir());
    return result instanceof RolloutShardRunResult.Finished finished && finished.divergent()
        ? ExitCode.DIVERGENT
        : ExitCode.OK;
  }
}
