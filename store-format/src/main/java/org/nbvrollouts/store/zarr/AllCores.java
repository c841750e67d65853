package org.nbvrollouts.store.zarr;

import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Work in pieces for all cores. A parallel stream divides its elements beforehand, and one core
 * gets the large ones; here whoever is free takes the next, so give the largest first.
 */
final class AllCores {
  private AllCores() {}

  /**
   * Does pieces 0 to {@code pieces − 1}, each once; calls may be nested. After a failure no later
   * piece is begun, and thrown is the failure of the first piece, whichever core was faster.
   */
  static void forEach(int pieces, IntConsumer work) {
    AtomicInteger next = new AtomicInteger();
    NavigableMap<Integer, RuntimeException> failures = new ConcurrentSkipListMap<>();
    int cores = Math.min(pieces, ForkJoinPool.getCommonPoolParallelism() + 1);
    IntStream.range(0, cores)
        .parallel()
        .forEach(
            core -> {
              int piece = next.getAndIncrement();
              while (piece < pieces && (failures.isEmpty() || piece < failures.firstKey())) {
                try {
                  work.accept(piece);
                } catch (RuntimeException e) {
                  failures.put(piece, e);
                }
                piece = next.getAndIncrement();
              }
            });
    if (!failures.isEmpty()) {
      throw failures.firstEntry().getValue();
    }
  }
}
