package org.nbvrollouts.jobs.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.campaign.CampaignSession;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.commit.ShardFinding;
import org.nbvrollouts.store.commit.ShardReason;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.ErrorCode;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.status.RolloutShardCampaignStatus;
import org.nbvrollouts.store.status.RolloutShardStatus;
import org.nbvrollouts.store.status.ShardState;
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
    Paths.refuseFolderAsFile("plan", shardManifest);
    CampaignSession session =
        new CampaignSession(config, shardManifest, finalRoot.location(), Clock.systemUTC());
    RolloutShardCampaignStatus status =
        session.status(UsageException.ofFlags(() -> VerifyLevel.parse(verify)));
    if (outputJson != null) {
      write(outputJson, status.toBytes());
    }
    if (retryManifest != null) {
      write(retryManifest, session.manifest().only(status.unfinishedIds()).toBytes());
    }
    if (json) {
      console.print(CanonicalJson.pretty(status.toJson()));
    } else {
      print(status);
    }
    return exitCode(status);
  }

  private void print(RolloutShardCampaignStatus status) {
    console.print(
        String.format(
            Locale.ROOT,
            "%s: %d succeeded, %d failed, %d incomplete, %d missing; %d of %s done",
            Count.of(status.shards().size(), "shard"),
            status.count(ShardState.SUCCEEDED),
            status.count(ShardState.FAILED),
            status.count(ShardState.INCOMPLETE),
            status.count(ShardState.MISSING),
            status.rowsDone(),
            Count.of(status.rowsTotal(), "row")));
    if (!status.isComplete()) {
      console.print("Not finished: " + status.unfinishedText());
    }
    for (RolloutShardStatus shard : status.shards()) {
      for (ShardFinding finding : shard.findings()) {
        console.print("  " + shard.shardId() + " " + finding);
      }
    }
    if (!status.orphans().isEmpty()) {
      console.print("Not of this plan: " + String.join(", ", status.orphans()));
    }
  }

  private int exitCode(RolloutShardCampaignStatus status) {
    boolean storage =
        status.shards().stream().anyMatch(shard -> shard.has(ShardReason.STORAGE_ERROR));
    if (status.divergent() > 0) {
      return ExitCode.DIVERGENT;
    }
    if (storage) {
      return ErrorCode.ENVIRONMENT.exitStatus();
    }
    return requireComplete && !status.isComplete() ? ExitCode.UNFINISHED : ExitCode.OK;
  }

  private static void write(Path file, byte[] content) {
    try {
      new LocalStoreIO(Durability.BUFFERED)
          .write(StoreLocation.of(file.toAbsolutePath().normalize()), content);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write report: " + StorageReason.of(e) + " (file=" + file + ")", e);
    }
  }
}
