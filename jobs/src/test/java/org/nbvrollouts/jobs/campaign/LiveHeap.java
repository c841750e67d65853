package org.nbvrollouts.jobs.campaign;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Collects garbage every half second and remembers the most that was left. */
final class LiveHeap implements AutoCloseable {
  private static final double MIB = 1 << 20;
  private static final long INTERVAL_MS = 500;

  private final AtomicLong most = new AtomicLong();
  private final Thread thread = new Thread(this::run, "live-heap");

  static LiveHeap watch() {
    LiveHeap heap = new LiveHeap();
    heap.thread.setDaemon(true);
    heap.thread.start();
    return heap;
  }

  private void run() {
    try {
      while (true) {
        look();
        TimeUnit.MILLISECONDS.sleep(INTERVAL_MS);
      }
    } catch (InterruptedException e) {
      look();
    }
  }

  private void look() {
    System.gc();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    most.accumulateAndGet(used, Math::max);
  }

  double mostMib() {
    return most.get() / MIB;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
