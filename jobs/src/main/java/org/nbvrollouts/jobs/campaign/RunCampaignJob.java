package org.nbvrollouts.jobs.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.JavaSparkContext;
import org.nbvrollouts.jobs.config.RunSettings;
import org.nbvrollouts.jobs.shard.ShardRunRequest;
import org.nbvrollouts.store.commit.AttemptOutcome;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.manifest.FailureDetail;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a campaign on Spark (specification campaign 9.6): one task per shard, limits, a circuit
 * breaker and a clean stop on Ctrl-C. The driver keeps no state of rows; what is finished is
 * decided by what is committed.
 */
public final class RunCampaignJob {
  private static final Logger LOG = LoggerFactory.getLogger(RunCampaignJob.class);
  private static final long TICK_MS = 250;
  private static final long STOP_WAIT_MS = 10_000;

  private final ShardRunRequest request;
  private final RunSettings settings;
  private final ProgressListener listener;
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);

  public RunCampaignJob(ShardRunRequest request, RunSettings settings, ProgressListener listener) {
    this.request = request;
    this.settings = settings;
    this.listener = listener;
  }

  /** Builds the entries that are not finished; returns when all have ended or a limit was met. */
  public CampaignRunResult run(List<RolloutShardEntry> entries) {
    long start = System.nanoTime();
    try (JavaSparkContext spark =
        LocalSpark.start("nbv-rollouts " + request.campaignId(), settings.parallelism())) {
      ShardJobs jobs = new ShardJobs(spark, new ShardTask(request));
      Thread hook = new Thread(() -> stopOnSignal(jobs), "nbv-rollouts-stop");
      Runtime.getRuntime().addShutdownHook(hook);
      try {
        return new Loop(jobs, entries, window(spark), start).run();
      } finally {
        ended.countDown();
        listener.end();
        removeHook(hook);
      }
    }
  }

  /** Shards handed out at the same time: what runs, and a few that wait for a free core. */
  private Window window(JavaSparkContext spark) {
    int cores = settings.parallelism().orElse(spark.defaultParallelism());
    int chunk = Math.max(1, cores / 4);
    return new Window(cores + (spark.isLocal() ? chunk : 0), chunk);
  }

  private record Window(int most, int chunk) {}

  private void stopOnSignal(ShardJobs jobs) {
    interrupted.set(true);
    listener.note("Stopping. What is committed stays; the same command continues from here");
    try {
      jobs.cancelAll();
      if (!ended.await(STOP_WAIT_MS, TimeUnit.MILLISECONDS)) {
        LOG.warn("Stopped before every attempt could clean up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      LOG.debug("Spark stopped first", e);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The JVM is going down", e);
    }
  }

  /** One run; confined to the thread that runs it. */
  private final class Loop {
    private final ShardJobs jobs;
    private final List<RolloutShardEntry> entries;
    private final Window window;
    private final long start;
    private final CampaignProgress progress;
    private final StopRule rule;
    private final List<RolloutShardRunResult> outcomes = new ArrayList<>();
    private final Map<String, Integer> pendingRows = new HashMap<>();
    private int next;
    private int running;
    private long firstNanos = -1;

    Loop(ShardJobs jobs, List<RolloutShardEntry> entries, Window window, long start) {
      this.jobs = jobs;
      this.entries = entries;
      this.window = window;
      this.start = start;
      this.progress = new CampaignProgress(entries.size(), System.nanoTime());
      this.rule = new StopRule(settings, System.nanoTime());
    }

    CampaignRunResult run() {
      Optional<String> stopped = Optional.empty();
      try {
        while (running > 0 || (stopped.isEmpty() && next < entries.size())) {
          stopped = stopReason();
          if (stopped.isEmpty()) {
            handOut();
          }
          ShardJobs.Event event = jobs.poll(TICK_MS);
          if (event instanceof ShardJobs.Finished finished) {
            add(finished.result());
          } else if (event instanceof ShardJobs.JobFailed failed) {
            failed.entries().forEach(entry -> addBroken(entry, failed.cause()));
          }
          listener.update(progress.line(System.nanoTime()));
        }
        stopped = next < entries.size() ? stopReason() : Optional.empty();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stopped = Optional.of("interrupted");
      }
      long now = System.nanoTime();
      long first = firstNanos < 0 ? now : firstNanos;
      return new CampaignRunResult(
          outcomes, stopped, (now - start) / 1_000_000, (first - start) / 1_000_000);
    }

    private Optional<String> stopReason() {
      return interrupted.get()
          ? Optional.of("stopped by a signal")
          : rule.reason(System.nanoTime());
    }

    private void handOut() {
      while (next < entries.size() && running < window.most()) {
        int count = Math.min(window.chunk(), entries.size() - next);
        count = Math.min(count, Math.min(window.most() - running, rule.room(running)));
        if (count == 0) {
          return;
        }
        List<RolloutShardEntry> batch = List.copyOf(entries.subList(next, next + count));
        batch.forEach(entry -> pendingRows.put(entry.shardId(), entry.numRows()));
        jobs.submit(batch);
        next += count;
        running += count;
      }
    }

    private void add(RolloutShardRunResult result) {
      Integer rows = pendingRows.remove(result.shardId());
      if (rows == null) {
        return;
      }
      firstNanos = firstNanos < 0 ? System.nanoTime() : firstNanos;
      running--;
      outcomes.add(result);
      progress.add(result, rows);
      rule.add(result);
      if (result instanceof RolloutShardRunResult.Unfinished unfinished) {
        listener.note(unfinished.shardId() + ": " + unfinished.failure().error());
      }
    }

    /** The executor died too often, or the job was cancelled; the shard itself said nothing. */
    private void addBroken(RolloutShardEntry entry, Throwable cause) {
      boolean cancelled = interrupted.get();
      add(
          new RolloutShardRunResult.Unfinished(
              entry.shardId(),
              "",
              cancelled ? AttemptOutcome.CANCELLED : AttemptOutcome.FAILED,
              "",
              new FailureDetail(
                  FailureKind.LAUNCH_ERROR,
                  "S0",
                  cause.getClass().getName(),
                  cancelled ? "Stopped" : "Cannot run task: " + cause.getMessage()),
              List.of()));
    }
  }
}
