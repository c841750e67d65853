package org.nbvrollouts.jobs.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Kills executors and workers of a cluster every few seconds, and stops some executors for a while.
 * After each blow it waits for one more commit, at most 40 s: a cluster that is never left alone
 * for as long as an executor takes to start finishes nothing.
 */
final class ChaosMonkey implements AutoCloseable {
  private static final int KINDS = 2;
  private static final int COMMITS_BETWEEN = 4;
  private static final int LEAST_PAUSE_MS = 2000;
  private static final int PAUSE_SPREAD_MS = 5000;
  private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(40);
  private static final int FREEZE_SECONDS = 8;
  private static final long LOOK_AGAIN_MS = 100;

  private final SparkCluster cluster;
  private final IntSupplier committed;
  private final FaultCounts counts;
  private final Random random;
  private final Thread thread = new Thread(this::run, "chaos-monkey");
  private int blows;
  private volatile boolean isClosed;
  private volatile RuntimeException failure;

  /**
   * @param committed how many shards are finished
   */
  ChaosMonkey(SparkCluster cluster, IntSupplier committed, FaultCounts counts, Random random) {
    this.cluster = cluster;
    this.committed = committed;
    this.counts = counts;
    this.random = random;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!isClosed) {
        int before = committed.getAsInt();
        pause(LEAST_PAUSE_MS + random.nextInt(PAUSE_SPREAD_MS));
        long end = System.nanoTime() + MOST_WAIT_NANOS;
        while (!isClosed
            && committed.getAsInt() < before + COMMITS_BETWEEN
            && System.nanoTime() < end) {
          pause(LOOK_AGAIN_MS);
        }
        if (!isClosed) {
          strike();
        }
      }
    } catch (IOException | InterruptedException e) {
      failure = new IllegalStateException("The chaos ended early", e);
    }
  }

  private void strike() throws IOException, InterruptedException {
    // The first blows are of every kind, so that a short campaign meets all of them.
    int dice = blows < KINDS ? blows : random.nextInt(10);
    blows++;
    if (dice == 0) {
      cluster.restartWorker(random.nextInt(cluster.workerCount()));
      counts.add(FaultCounts.Fault.WORKER_KILLED, 1);
      return;
    }
    List<ProcessHandle> executors = cluster.executors();
    if (executors.isEmpty()) {
      return;
    }
    ProcessHandle executor = executors.get(random.nextInt(executors.size()));
    if (dice <= 2) {
      JavaProcess.signal(executor, "STOP");
      pause(TimeUnit.SECONDS.toMillis(FREEZE_SECONDS));
      JavaProcess.signal(executor, "CONT");
      counts.add(FaultCounts.Fault.EXECUTOR_FROZEN, 1);
    } else if (executor.destroyForcibly()) {
      counts.add(FaultCounts.Fault.EXECUTOR_KILLED, 1);
    }
  }

  private static void pause(long ms) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(ms);
  }

  /** Stops after the blow it is at; what it stopped runs again. */
  @Override
  public void close() {
    isClosed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }
}
