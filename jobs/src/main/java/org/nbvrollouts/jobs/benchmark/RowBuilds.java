package org.nbvrollouts.jobs.benchmark;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.stream.StreamSupport;
import org.nbvrollouts.jobs.campaign.CampaignSession;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.plan.CampaignPlanner;
import org.nbvrollouts.jobs.plan.PlanFiles;
import org.nbvrollouts.jobs.plan.PlannedCampaign;
import org.nbvrollouts.jobs.shard.ShardRunner;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.source.rollout.RolloutSourceRows;

/** Builds the rows of one point from its source to committed stores, as {@code build} does. */
final class RowBuilds {
  private static final String EXECUTOR = "driver";
  private static final double NANOS_PER_MS = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final CampaignConfig config;
  private final Path manifest;
  private final int rows;
  private final int threads;
  private final Clock clock;

  private RowBuilds(CampaignConfig config, Path manifest, int rows, int threads, Clock clock) {
    this.config = config;
    this.manifest = manifest;
    this.rows = rows;
    this.threads = threads;
    this.clock = clock;
  }

  /** Plans one shard per row of a source; only the first ones are built. */
  static RowBuilds plan(BenchmarkPoint point, Path source, Path folder, int threads, Clock clock) {
    CampaignConfig config = point.config();
    Path manifest = folder.resolve("shards.jsonl");
    try (RolloutSourceRows rows = RolloutSourceRows.open(source);
        PlannedCampaign plan =
            new CampaignPlanner(config, clock)
                .plan(rows, source, manifest.toString(), 1, ShardGrouping.SCENE)) {
      PlanFiles.write(plan, manifest);
    }
    return new RowBuilds(config, manifest, point.rows(), threads, clock);
  }

  /** A finished row and the milliseconds of its attempt. */
  private record Built(RolloutShardRunResult.Finished result, double attemptMs) {}

  /**
   * Builds all rows into a new final root. Mesh and search structure are loaded again.
   *
   * @param rowsDone told the number of finished rows, again and again
   * @throws UnfinishedBuildException if a row is not committed
   */
  Repetition build(Path stores, List<String> argv, IntConsumer rowsDone)
      throws InterruptedException {
    CampaignSession session =
        new CampaignSession(
            config, manifest, StoreLocation.of(stores.toAbsolutePath().normalize()), clock);
    CampaignHeader header = session.header();
    session.check(header);
    session.open(header);
    ShardRunner runner = ShardRunner.of(session.request(header, config.run(), "", argv));
    List<RolloutShardEntry> entries =
        StreamSupport.stream(session.plan().entries().spliterator(), false).limit(rows).toList();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      ProcessResources.resetPeaks();
      OptionalLong allocatedBefore = ProcessResources.allocated();
      long start = System.nanoTime();
      List<Future<Built>> running = new ArrayList<>();
      for (int i = 0; i < entries.size(); i++) {
        RolloutShardEntry entry = entries.get(i);
        int attempt = i;
        running.add(pool.submit(() -> build(runner, entry, attempt)));
      }
      List<Built> built = collect(running, rowsDone);
      double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
      OptionalLong allocated = ProcessResources.allocated();
      return repetition(
          built,
          seconds,
          runner,
          new Repetition.Memory(
              allocated.isPresent()
                  ? OptionalLong.of(allocated.getAsLong() - allocatedBefore.getAsLong())
                  : allocated,
              ProcessResources.peakHeap(),
              ProcessResources.peakResident()));
    } finally {
      pool.shutdownNow();
    }
  }

  private static Built build(ShardRunner runner, RolloutShardEntry entry, int attempt) {
    long start = System.nanoTime();
    RolloutShardRunResult result =
        runner.run(entry, attempt, EXECUTOR, Thread.currentThread()::isInterrupted);
    if (result instanceof RolloutShardRunResult.Finished finished) {
      return new Built(finished, (System.nanoTime() - start) / NANOS_PER_MS);
    }
    throw new UnfinishedBuildException((RolloutShardRunResult.Unfinished) result);
  }

  private static List<Built> collect(List<Future<Built>> running, IntConsumer rowsDone)
      throws InterruptedException {
    List<Built> built = new ArrayList<>();
    for (Future<Built> row : running) {
      while (!row.isDone()) {
        rowsDone.accept((int) running.stream().filter(Future::isDone).count());
        awaitBriefly(row);
      }
      try {
        built.add(row.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw new CancellationException(String.valueOf(e.getCause()));
      }
    }
    return built;
  }

  private static void awaitBriefly(Future<Built> row) throws InterruptedException {
    try {
      row.get(1, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException notDone) {
      // What failed is thrown when the row is collected.
    }
  }

  private static Repetition repetition(
      List<Built> built, double seconds, ShardRunner runner, Repetition.Memory memory) {
    Map<String, Double> stages = new LinkedHashMap<>();
    List<String> digests = new ArrayList<>();
    long rollouts = 0;
    for (Built row : built) {
      BenchmarkStages.add(stages, row.result().timingsMs(), row.attemptMs());
      digests.add(row.result().dataSha256());
      rollouts += row.result().counts().rollouts();
    }
    return new Repetition(seconds, stages, runner.work(), rollouts, digests, memory);
  }
}
