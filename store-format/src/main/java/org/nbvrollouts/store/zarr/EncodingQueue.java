package org.nbvrollouts.store.zarr;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * One background thread that takes rows in the order of submission, so that computing goes on
 * meanwhile. What waits in the queue is bounded: a submission blocks while there is no room. After
 * a failure nothing more is run, and the failure is thrown at the next call. For one submitting
 * thread.
 */
final class EncodingQueue implements AutoCloseable {
  private static final int ROOM_KIB = 64 << 10;

  private final Semaphore room = new Semaphore(ROOM_KIB);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread encoder = new Thread(work, "store-encoder");
            encoder.setDaemon(true);
            return encoder;
          });
  private volatile Throwable failure;

  /** What is done in the background; interrupted when the queue is closed. */
  interface Work {
    void run() throws InterruptedException;
  }

  /**
   * Runs work later.
   *
   * @param bytes what it keeps in memory until then
   */
  void submit(long bytes, Work work) throws InterruptedException {
    throwFailure();
    int permits = (int) Math.min(ROOM_KIB, 1 + bytes / 1024);
    room.acquire(permits);
    thread.execute(
        () -> {
          try {
            if (failure == null) {
              work.run();
            }
          } catch (Throwable e) {
            failure = e;
          } finally {
            room.release(permits);
          }
        });
  }

  /** Waits until everything submitted has run. */
  void await() throws InterruptedException {
    try {
      thread.submit(() -> {}).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot wait for encoding: " + e.getMessage(), e);
    }
    throwFailure();
  }

  private void throwFailure() {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  /** Gives up what has not run and waits for the rest, which is one block of rows. */
  @Override
  public void close() {
    thread.shutdownNow();
    Ending.await(thread);
  }
}
