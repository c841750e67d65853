package org.nbvrollouts.jobs.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
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
 * Runs a campaign on Spark (specification campaign 9.6): one task per shard, in waves, with limits,
 * a circuit breaker and a clean stop on Ctrl-C. The driver keeps no state of rows; what is finished
 * is decided by what is committed.
 */
public final class RunCampaignJob {
  private static final long TICK_MS = 250;
  private static final int WAVE_ROUNDS = 2;
  private static final long STOP_WAIT_MS = 10_000;

  /** Hooks with a larger number run earlier; Spark's has 40. */
  private static final int BEFORE_SPARK = 100;

  private final ShardBody body;
  private final RunSettings settings;
  private final RunGuards guards;
  private final ProgressListener listener;
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private final CountDownLatch tasksEnded = new CountDownLatch(1);

  public RunCampaignJob(
      ShardRunRequest request, RunSettings settings, RunGuards guards, ProgressListener listener) {
    this(ShardBody.building(request), settings, guards, listener);
  }

  RunCampaignJob(
      ShardBody body, RunSettings settings, RunGuards guards, ProgressListener listener) {
    this.body = body;
    this.guards = guards;
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * Builds the entries that are not finished; returns when all have ended or a limit was met.
   *
   * @param shards read while the run goes on, never held as a whole
   */
  public CampaignRunResult run(CampaignSpark engine, CampaignSession.Selection shards) {
    long start = System.nanoTime();
    JavaSparkContext spark = engine.context();
    ShardTask task = new ShardTask(body, ProgressCounters.register(spark.sc()));
    ShardJobs jobs = new ShardJobs(spark, task);
    Thread runner = Thread.currentThread();
    Runnable hook = () -> stopOnSignal(spark, jobs, runner);
    ShutdownHookManager.get().addShutdownHook(hook, BEFORE_SPARK);
    try {
      return new Loop(jobs, shards, windows(spark), start).run();
    } finally {
      listener.end();
      release(hook);
    }
  }

  /**
   * A wave is twice what runs at the same time, and the next one follows when one round is left of
   * it: no core waits, and a limit or the circuit breaker is late by three rounds at most.
   * Executors that come later make later waves larger. A number that the user set below what a
   * cluster has is kept exactly.
   */
  private Supplier<Window> windows(JavaSparkContext spark) {
    OptionalInt wanted = settings.parallelism();
    if (wanted.isPresent() && !spark.isLocal()) {
      Window exact = new Window(wanted.getAsInt(), wanted.getAsInt() - 1, wanted.getAsInt());
      return () -> exact;
    }
    return () -> {
      int round = wanted.orElse(spark.defaultParallelism());
      return new Window(WAVE_ROUNDS * round, round, (WAVE_ROUNDS + 1) * round);
    };
  }

  /**
   * How many shards are handed out.
   *
   * @param wave most shards of one job
   * @param refillAt shards left at which the next job follows
   * @param most shards handed out at the same time
   */
  private record Window(int wave, int refillAt, int most) {}

  /**
   * Runs before Spark stops by itself, so that killed attempts can still remove their files, and
   * before Hadoop closes its file systems: the runner has a lock to remove. A command ends the JVM
   * with its own status when it is through; without the wait the status would often be the
   * signal's.
   */
  private void stopOnSignal(JavaSparkContext spark, ShardJobs jobs, Thread runner) {
    interrupted.set(true);
    listener.note("Stopping. What is committed stays; the same command continues from here");
    jobs.cancelAll();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_WAIT_MS);
    while (runningTasks(spark) > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MS));
    }
    tasksEnded.countDown();
    try {
      runner.join(STOP_WAIT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

  /**
   * A shard that was given to Spark.
   *
   * @param atNanos when, by the monotonic clock of the driver
   */
  private record HandedOut(RolloutShardEntry entry, long atNanos) {}

  /** One run; confined to the thread that runs it. */
  private final class Loop {
    private final ShardJobs jobs;
    private final Iterator<RolloutShardEntry> entries;
    private final Supplier<Window> windows;
    private final long start;
    private final CampaignProgress progress;
    private final StopRule rule;
    private final RunTally tally = new RunTally(body::isOfThisRun);
    private final SceneSeating seating = new SceneSeating();
    private final Map<String, HandedOut> pending = new HashMap<>();

    Loop(ShardJobs jobs, CampaignSession.Selection shards, Supplier<Window> windows, long start) {
      this.jobs = jobs;
      this.entries = shards.entries().iterator();
      this.windows = windows;
      this.start = start;
      this.progress = new CampaignProgress(shards.count(), System.nanoTime());
      this.rule = new StopRule(settings, guards.freeSpace(), System.nanoTime());
    }

    CampaignRunResult run() {
      Optional<String> stopped = Optional.empty();
      try {
        while (!pending.isEmpty() || (stopped.isEmpty() && entries.hasNext())) {
          stopped = stopReason();
          if (stopped.isEmpty()) {
            handOut();
          }
          ShardJobs.Event event = jobs.poll(TICK_MS);
          if (event != null) {
            handle(event);
          }
          guards.heartbeat().run();
          listener.update(progress.line(System.nanoTime()));
        }
        stopped = entries.hasNext() ? stopReason() : Optional.empty();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stopped = Optional.of("interrupted");
      }
      return tally.result(
          stopped, interrupted.get(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    private Optional<String> stopReason() {
      return interrupted.get()
          ? Optional.of("stopped by a signal")
          : rule.reason(System.nanoTime());
    }

    private void handOut() {
      Window window = windows.get();
      if (pending.size() > window.refillAt()) {
        return;
      }
      int room = Math.min(window.most() - pending.size(), rule.room(pending.size()));
      int count = Math.min(window.wave(), room);
      List<RolloutShardEntry> wave = new ArrayList<>();
      while (wave.size() < count && entries.hasNext()) {
        wave.add(entries.next());
      }
      if (!wave.isEmpty()) {
        long now = System.nanoTime();
        wave.forEach(entry -> pending.put(entry.shardId(), new HandedOut(entry, now)));
        jobs.submit(wave, seating.place(wave));
      }
    }

    private void handle(ShardJobs.Event event) {
      if (event instanceof ShardJobs.Finished finished) {
        TaskReport report = finished.report();
        HandedOut shard = pending.get(report.result().shardId());
        if (shard != null) {
          seating.ran(report.seat(), SceneSeating.sceneOf(shard.entry()));
          add(committed(shard, report.result()));
        }
      } else if (event instanceof ShardJobs.JobFailed failed) {
        failed.entries().forEach(entry -> addBroken(entry, failed.cause()));
      } else if (event instanceof ShardJobs.Arrived arrived) {
        seating.arrived(arrived.seat());
      } else if (event instanceof ShardJobs.Left left) {
        seating.left(left.executorId());
      }
    }

    private RolloutShardRunResult committed(HandedOut shard, RolloutShardRunResult result) {
      return result instanceof RolloutShardRunResult.Sealed sealed
          ? body.commit(
              shard.entry(), sealed, Duration.ofNanos(System.nanoTime() - shard.atNanos()))
          : result;
    }

    private void add(RolloutShardRunResult result) {
      HandedOut shard = pending.remove(result.shardId());
      if (shard == null) {
        return;
      }
      tally.add(result);
      progress.add(result, shard.entry().numRows());
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
