package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.campaign.Durations;
import org.nbvrollouts.jobs.origin.RemoteStores;
import org.nbvrollouts.jobs.origin.StoreOrigin;
import org.nbvrollouts.jobs.replay.ReplayChoice;
import org.nbvrollouts.jobs.replay.ReplayClock;
import org.nbvrollouts.jobs.replay.ReplayReport;
import org.nbvrollouts.jobs.replay.ReplaySummary;
import org.nbvrollouts.jobs.replay.StoreReplay;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "replay",
    description =
        "Compute stored rollouts a second time from their source, the slow way and by other code,"
            + " and compare every stored number. Exits with 5 if one differs.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nbv-rollouts audit replay --store campaign/stores/shard-000007 --rollout 0",
      "  nbv-rollouts audit replay --store campaign/stores --random 50 --seed 1"
    })
final class AuditReplayCommand implements Callable<Integer> {
  private static final long NANOS_PER_MS = 1_000_000;

  private final Console console;

  @Mixin StoreOption store;

  @Option(
      names = "--rollout",
      paramLabel = "ID",
      description = "Text id of the rollout, or its row in the store")
  String rollout;

  @Option(
      names = "--random",
      paramLabel = "N",
      description = "So many rollouts of all stores, chosen at random")
  Integer random;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of --random. Default: ${DEFAULT-VALUE}")
  long seed;

  @Option(
      names = {"--config", "--config-path"},
      paramLabel = "FILE",
      description = "The campaign file, if the store does not carry it")
  Path config;

  @Option(
      names = "--source",
      paramLabel = "DIR",
      description = "The source, if it is not where the store says")
  Path source;

  @Option(names = "--json", description = "Print as JSON")
  boolean json;

  AuditReplayCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if ((rollout == null) == (random == null)) {
      throw new UsageException("Invalid arguments: expected either --rollout or --random");
    }
    if (random != null && random < 1) {
      throw new UsageException("Invalid --random: " + random + " (expected at least 1)");
    }
    StoreOrigin.Overrides overrides =
        new StoreOrigin.Overrides(Optional.ofNullable(config), Optional.ofNullable(source));
    ReplaySummary summary = new ReplaySummary(replay(choices(overrides), overrides));
    if (json) {
      console.print(CanonicalJson.pretty(summary.toJson()));
    } else {
      summary.lines().forEach(console::print);
    }
    return summary.isEqual() ? ExitCode.OK : ExitCode.INVALID;
  }

  private List<ReplayChoice> choices(StoreOrigin.Overrides overrides) {
    if (random != null) {
      return ReplayChoice.random(store.all(), overrides, random, seed);
    }
    StoreLocation only = store.one();
    try (StoreOrigin origin = StoreOrigin.open(RemoteStores.reader(only), overrides)) {
      return List.of(new ReplayChoice(0, only, origin.rowOf(rollout)));
    }
  }

  private List<ReplayReport> replay(List<ReplayChoice> choices, StoreOrigin.Overrides overrides) {
    ConsoleProgress progress = new ConsoleProgress(console, System::nanoTime);
    long start = System.nanoTime();
    List<ReplayReport> reports = new ArrayList<>();
    StoreReplay replay =
        new StoreReplay(new ReplayClock(choices.size(), System::nanoTime, progress::update));
    StoreOrigin open = null;
    try {
      for (ReplayChoice choice : choices) {
        if (reports.isEmpty() || choice.place() != choices.get(reports.size() - 1).place()) {
          close(open);
          open = StoreOrigin.open(RemoteStores.reader(choice.store()), overrides);
        }
        reports.add(replay.replay(open, choice.row()));
      }
    } finally {
      close(open);
      progress.end();
    }
    console.note("Replayed in " + Durations.words((System.nanoTime() - start) / NANOS_PER_MS));
    return reports;
  }

  private static void close(StoreOrigin open) {
    if (open != null) {
      open.close();
    }
  }
}
