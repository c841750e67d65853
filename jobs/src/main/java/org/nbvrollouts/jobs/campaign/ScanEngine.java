package org.nbvrollouts.jobs.campaign;

import java.util.Iterator;
import java.util.function.Consumer;

/** Where batches of shards are looked at. */
interface ScanEngine {
  /**
   * Looks at all batches, some at the same time.
   *
   * @param batches taken as they are needed; only a few are held
   * @param sink gets the parts in the order of the batches, by the calling thread
   */
  void scan(ScanRequest request, Iterator<ScanBatch> batches, Consumer<ScanPart> sink);

  /** How many batches it looks at at the same time. */
  int workers();

  /** Looks with as many threads of this process as there are cores. */
  static ScanEngine ofThreads() {
    return new ThreadScan(Runtime.getRuntime().availableProcessors());
  }
}
