package org.nbvrollouts.jobs.campaign;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Threads of this process, for campaigns that are looked at sooner than Spark starts. */
record ThreadScan(int threads) implements ScanEngine {
  @Override
  public int workers() {
    return threads;
  }

  @Override
  public void scan(ScanRequest request, Iterator<ScanBatch> batches, Consumer<ScanPart> sink) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Queue<Future<ScanPart>> running = new ArrayDeque<>();
    try {
      while (batches.hasNext() || !running.isEmpty()) {
        while (batches.hasNext() && running.size() < 2 * threads) {
          ScanBatch batch = batches.next();
          running.add(pool.submit(() -> ScanPart.of(request, batch)));
        }
        sink.accept(running.remove().get());
      }
    } catch (ExecutionException e) {
      throw SparkFailures.inWords(e, false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted");
    } finally {
      pool.shutdownNow();
    }
  }
}
