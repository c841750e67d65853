package org.nbvrollouts.store.zarr;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads that encode chunks and write files of one store. They begin when there is work.
 * Chunks that wait are bounded: handing over another one blocks meanwhile. Thread-safe.
 */
final class Encoders implements AutoCloseable {
  private static final int MOST_THREADS = 4;
  private static final int WAITING_PER_THREAD = 2;
  private static final long IDLE_SECONDS = 1;

  private final ThreadPoolExecutor threads;
  private final Semaphore room;

  Encoders() {
    int count = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    AtomicInteger made = new AtomicInteger();
    this.room = new Semaphore(WAITING_PER_THREAD * count);
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "store-encoder-" + made.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Begins work on one chunk. */
  <T> Future<T> encode(Callable<T> work) {
    // Not interruptible: the threads always make progress.
    room.acquireUninterruptibly();
    try {
      return threads.submit(
          () -> {
            try {
              return work.call();
            } finally {
              room.release();
            }
          });
    } catch (RuntimeException e) {
      room.release();
      throw e;
    }
  }

  /** Runs all of these, in any order, and waits for them; throws what the first of them threw. */
  void run(List<Callable<Void>> work) throws InterruptedException {
    for (Future<Void> done : threads.invokeAll(work)) {
      result(done);
    }
  }

  /** What work gave, once it has ended; what it threw is thrown. */
  static <T> T result(Future<T> work) throws InterruptedException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("Cannot encode: " + e.getCause().getMessage(), e.getCause());
    }
  }

  /** Gives up what has not begun and waits for the rest. */
  @Override
  public void close() {
    threads.shutdownNow();
    Ending.await(threads);
  }
}
