package org.nbvrollouts.jobs.campaign;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.plan.CampaignPlanner;
import org.nbvrollouts.jobs.plan.PlanFiles;
import org.nbvrollouts.jobs.plan.PlannedCampaign;
import org.nbvrollouts.store.commit.AttemptOutcome;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.ShardCounts;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.manifest.StorageSize;
import org.nbvrollouts.store.source.rollout.MadeUpRows;
import org.nbvrollouts.store.source.rollout.RolloutSourceRows;

/**
 * What a driver needs for campaigns of one-row shards, by the code of the commands: {@code plan}
 * reads a source of {@link ScaleSource}, or makes up rows if there is none, plans, writes and
 * checks; {@code run} leaves the plan in the final root, hands every shard to Spark and gathers the
 * outcomes, which tasks on 64 threads make up without building anything; {@code status} looks at
 * every shard, none of which is there. Prints seconds and the most heap that a collection every
 * half second left. Give it the same small heap for every size; Spark wants 450 MiB:
 *
 * <pre>
 * java -Xmx128m -XX:+UseSerialGC -cp ... org.nbvrollouts.jobs.campaign.CampaignScaleBenchmark plan FOLDER 1000 100000 1000000
 * java -Xmx512m -XX:+UseSerialGC -cp ... org.nbvrollouts.jobs.campaign.CampaignScaleBenchmark run FOLDER 1000
 * java -Xmx512m -XX:+UseSerialGC -cp ... org.nbvrollouts.jobs.campaign.CampaignScaleBenchmark status FOLDER 1000
 * </pre>
 */
public final class CampaignScaleBenchmark {
  private static final double NANOS_PER_SECOND = 1e9;

  /** As a driver of a cluster sees it: shards come in waves of twice that number. */
  private static final int CORES = 64;

  private final Path folder;
  private final int shards;
  private final CampaignConfig config = CampaignConfig.profile("production");

  private CampaignScaleBenchmark(Path folder, int shards) {
    this.folder = folder;
    this.shards = shards;
  }

  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    for (int i = 2; i < arguments.length; i++) {
      int shards = Integer.parseInt(arguments[i]);
      CampaignScaleBenchmark benchmark =
          new CampaignScaleBenchmark(Path.of(arguments[1]).toAbsolutePath().normalize(), shards);
      try (LiveHeap heap = LiveHeap.watch()) {
        long start = System.nanoTime();
        String facts = benchmark.step(arguments[0]);
        out.printf(
            Locale.ROOT,
            "%s, %d shards: %.1f s, live heap at most %.1f MiB%s%n",
            arguments[0],
            shards,
            (System.nanoTime() - start) / NANOS_PER_SECOND,
            heap.mostMib(),
            facts);
      }
    }
  }

  private String step(String name) throws IOException {
    return switch (name) {
      case "plan" -> plan();
      case "run" -> run();
      case "status" -> status();
      default -> throw new IllegalArgumentException("Unknown step: " + name);
    };
  }

  private Path manifest() {
    return folder.resolve("plan-" + shards).resolve("shards.jsonl");
  }

  private String plan() throws IOException {
    Path source = ScaleSource.of(folder, shards);
    long start = System.nanoTime();
    try (RolloutSourceRows rows =
        Files.exists(source) ? RolloutSourceRows.open(source) : MadeUpRows.of(shards)) {
      double opened = (System.nanoTime() - start) / NANOS_PER_SECOND;
      try (PlannedCampaign plan =
          new CampaignPlanner(config, Clock.systemUTC())
              .plan(rows, source, manifest().toString(), 1, ShardGrouping.SCENE)) {
        PlanFiles.write(plan, manifest());
        require(plan.manifest().shards());
      }
      return String.format(
          Locale.ROOT,
          " (%s rows read in %.1f s, plan of %.1f MB)",
          Files.exists(source) ? "written" : "made-up",
          opened,
          Files.size(manifest()) / 1e6);
    }
  }

  private String run() throws IOException {
    Path root = Files.createTempDirectory("nbv-scale-");
    CampaignSession session = session(root);
    CampaignHeader header = session.header();
    session.check(header);
    if (Files.exists(ScaleSource.of(folder, shards))) {
      session.checkSource("");
    }
    session.open(header);
    List<String> notes = new ArrayList<>();
    try (CampaignSpark spark = CampaignSpark.start("scale", OptionalInt.of(CORES))) {
      CampaignRunResult result =
          new RunCampaignJob(
                  (entry, attempt, executor, stop) -> madeUp(entry.shardId()),
                  config.run(),
                  new RunGuards(OptionalLong::empty, () -> {}),
                  new Silent(notes))
              .run(spark, session.entries(Set.of()));
      require(result.count(AttemptOutcome.COMMITTED));
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    return notes.isEmpty() ? "" : " " + notes.get(0);
  }

  private static RolloutShardRunResult madeUp(String shardId) {
    return new RolloutShardRunResult.Finished(
        shardId,
        "a0-000000000000",
        AttemptOutcome.COMMITTED,
        "/final/" + shardId,
        "a0-000000000000",
        ".",
        "0".repeat(64),
        new ShardCounts(1, 1, 1),
        new StorageSize(1, 1),
        Map.of("generate", 1L),
        false);
  }

  private String status() {
    CampaignStatus status =
        session(folder.resolve("no-stores")).status(VerifyLevel.FILES, shard -> {});
    require(status.totals().shards());
    return "";
  }

  private CampaignSession session(Path root) {
    return new CampaignSession(config, manifest(), StoreLocation.of(root), Clock.systemUTC());
  }

  private void require(long found) {
    if (found != shards) {
      throw new IllegalStateException("Expected " + shards + " shards, found " + found);
    }
  }

  /** Shows nothing. */
  private record Silent(List<String> notes) implements ProgressListener {
    @Override
    public void update(String line) {}

    @Override
    public void note(String line) {
      notes.add(line);
    }

    @Override
    public void end() {}
  }
}
