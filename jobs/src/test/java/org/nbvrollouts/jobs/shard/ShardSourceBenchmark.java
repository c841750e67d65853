package org.nbvrollouts.jobs.shard;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Locale;
import org.nbvrollouts.store.manifest.RolloutShardRow;
import org.nbvrollouts.store.source.rollout.MadeUpRows;

/**
 * What an executor holds of a source while it works for rows all over it: opens a source of {@code
 * ScaleSource} as tasks do and reads a thousand of its rows. Prints seconds and the heap that a
 * collection leaves afterwards, less that of before:
 *
 * <pre>
 * java -Xmx2g -cp ... org.nbvrollouts.jobs.shard.ShardSourceBenchmark FOLDER 1000 100000
 * </pre>
 */
public final class ShardSourceBenchmark {
  private static final double MIB = 1 << 20;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int READ = 1000;

  private ShardSourceBenchmark() {}

  public static void main(String[] arguments) {
    PrintStream out = System.out;
    for (int i = 1; i < arguments.length; i++) {
      int rows = Integer.parseInt(arguments[i]);
      Path source = Path.of(arguments[0]).resolve("source-" + rows).toAbsolutePath().normalize();
      long before = liveHeap();
      long start = System.nanoTime();
      ShardSource opened = ShardSource.open(source, new SceneMeshCache(0));
      double openSeconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
      try {
        for (int row = 0; row < READ; row++) {
          int index = (int) ((long) row * rows / READ);
          opened.sample(RolloutShardRow.of(0, MadeUpRows.identity(index)));
        }
        out.printf(
            Locale.ROOT,
            "%d rows: opened in %.2f s, %d rows read in %.2f s, held %.1f MiB%n",
            rows,
            openSeconds,
            READ,
            (System.nanoTime() - start) / NANOS_PER_SECOND - openSeconds,
            (liveHeap() - before) / MIB);
      } finally {
        Reference.reachabilityFence(opened);
      }
    }
  }

  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
