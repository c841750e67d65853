package org.nbvrollouts.jobs.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.nbvrollouts.jobs.config.RunSettings;
import org.nbvrollouts.jobs.shard.ShardRunRequest;
import org.nbvrollouts.store.commit.AttemptOutcome;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.manifest.FailureDetail;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.RolloutShardEntry;

/**
 * Runs a campaign on Spark (specification campaign 9.6): one task per shard, limits, a circuit
 * breaker and a clean stop on Ctrl-C. The driver keeps no state of rows; what is finished is
 * decided by what is committed.
 */
public final class RunCampaignJob {
  private static final long TICK_MS = 250;
  private static final long STOP_WAIT_MS = 10_000;

  /** Hooks with a larger number run earlier; Spark's has 40. */
  private static final int BEFORE_SPARK = 100;

  private final ShardRunRequest request;
  private final RunSettings settings;
  private final ProgressListener listener;
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private final CountDownLatch tasksEnded = new CountDownLatch(1);

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
      Runnable hook = () -> stopOnSignal(spark, jobs);
      ShutdownHookManager.get().addShutdownHook(hook, BEFORE_SPARK);
      try {
        return new Loop(jobs, entries, window(spark), start).run();
      } finally {
        listener.end();
        release(hook);
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

  /** Runs before Spark stops by itself, so that killed attempts can still remove their files. */
  private void stopOnSignal(JavaSparkContext spark, ShardJobs jobs) {
    interrupted.set(true);
    listener.note("Stopping. What is committed stays; the same command continues from here");
    jobs.cancelAll();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_WAIT_MS);
    while (runningTasks(spark) > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MS));
    }
    tasksEnded.countDown();
  }

  /** Leaves Spark running until the tasks of a stopped run have ended. */
  private void release(Runnable hook) {
    if (!interrupted.get()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
      return;
    }
    try {
      tasksEnded.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int runningTasks(JavaSparkContext spark) {
    return Arrays.stream(spark.sc().statusTracker().getExecutorInfos())
        .mapToInt(SparkExecutorInfo::numRunningTasks)
        .sum();
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
      return new CampaignRunResult(
          outcomes,
          stopped,
          interrupted.get(),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
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
      running--;
      outcomes.add(result);
      progress.add(result, rows);
      rule.add(result);
      if (result instanceof RolloutShardRunResult.Unfinished unfinished && !interrupted.get()) {
        listener.note(unfinished.shardId() + ": " + FailureText.of(unfinished.failure()));
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
