package org.nbvrollouts.jobs.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.campaign.Durations;
import org.nbvrollouts.jobs.campaign.FailureText;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.plan.CampaignPlanner;
import org.nbvrollouts.jobs.plan.PlannedCampaign;
import org.nbvrollouts.jobs.shard.CampaignStorage;
import org.nbvrollouts.jobs.shard.ShardRunRequest;
import org.nbvrollouts.jobs.shard.ShardRunner;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.commit.CampaignRoot;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.source.rollout.RolloutSourceRows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "probe",
    description = {
      "Before a long run: prove that the storage keeps what commits rest on, and load, render,"
          + " write, check and commit one row, in a folder of its own that is removed again."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  nbv-rollouts probe --config production.toml --source homes --final-root campaign/stores")
final class ProbeCommand implements Callable<Integer> {
  private final Console console;

  @Mixin ConfigOptions configOptions;

  @Option(names = "--source", paramLabel = "DIR", required = true, description = "Rollout source")
  Path source;

  @Mixin FinalRootOption root;

  ProbeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CampaignConfig config = configOptions.load(console);
    Path directory = Paths.existingFolder("source", source);
    String probeId = ProcessName.unique();
    StoreLocation scratch = root.location().child("_probe." + probeId);
    StoreIO io = CampaignStorage.io(root.location(), config.storage());
    try {
      return probe(config, directory, scratch, io);
    } finally {
      remove(io, scratch);
    }
  }

  private int probe(CampaignConfig config, Path directory, StoreLocation scratch, StoreIO io) {
    CampaignHeader header;
    RolloutShardEntry entry;
    try (RolloutSourceRows rows = RolloutSourceRows.open(directory);
        PlannedCampaign plan =
            new CampaignPlanner(config, Clock.systemUTC())
                .plan(rows, directory, "probe", 1, ShardGrouping.NONE)) {
      header = plan.header();
      entry = plan.manifest().first().orElseThrow();
      console.print("Source: " + plan.manifest().rows() + " rows can be planned, " + directory);
    }
    long start = System.nanoTime();
    new CampaignRoot(
            CampaignLayout.of(scratch), io, CampaignStorage.publisher(scratch, config.storage()))
        .open(header, out -> {}, "probe");
    console.print(
        "Storage: creates a name once, publishes once, "
            + Durations.words((System.nanoTime() - start) / 1_000_000));
    CampaignStorage.freeSpace(root.location(), io)
        .ifPresent(
            bytes ->
                console.print(
                    String.format(
                        Locale.ROOT, "Free space: %.1f GiB", bytes / (double) (1L << 30))));
    long row = System.nanoTime();
    RolloutShardRunResult result =
        ShardRunner.of(
                new ShardRunRequest(
                    header.campaignId(),
                    ShardRunner.newRunId(),
                    config.text(),
                    scratch,
                    CampaignStorage.layout(scratch, config.storage()),
                    directory.toString(),
                    VerifyLevel.FULL,
                    false,
                    config.run().taskDeadlineMs(),
                    List.of(),
                    config.storage().publish(),
                    config.storage().committedBy(),
                    CampaignStorage.options(config.storage())))
            .run(entry, 0, "probe", Thread.currentThread()::isInterrupted);
    if (result instanceof RolloutShardRunResult.Unfinished unfinished) {
      console.note(FailureText.of(unfinished.failure()));
      return RunVerdict.codeOf(unfinished);
    }
    report((RolloutShardRunResult.Finished) result, entry, System.nanoTime() - row);
    return ExitCode.OK;
  }

  private void report(RolloutShardRunResult.Finished result, RolloutShardEntry entry, long nanos) {
    console.print(
        String.format(
            Locale.ROOT,
            "Row %s: %d rollouts, %d candidates, %d files of %.1f kB, %s",
            entry.rows().get(0).sampleKey(),
            result.counts().rollouts(),
            result.counts().candidates(),
            result.storage().files(),
            result.storage().bytes() / 1e3,
            Durations.words(nanos / 1_000_000)));
    if (result.counts().rollouts() == 0) {
      console.print("That row gives no rollout; 'source describe' shows rows with more to see");
    }
    console.print("Ready");
  }

  private void remove(StoreIO io, StoreLocation scratch) {
    try {
      io.delete(scratch);
      if (io.list(root.location()).entries().isEmpty()) {
        io.delete(root.location());
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot remove probe: " + StorageReason.of(e) + " (folder=" + scratch + ")", e);
    }
  }
}
