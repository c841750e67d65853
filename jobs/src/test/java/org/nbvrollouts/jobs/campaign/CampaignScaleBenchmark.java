package org.nbvrollouts.jobs.campaign;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StorageOptions;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.ShardManifestFile;

/**
 * What a driver needs for a plan of a given size: reads and checks the plan and looks at every
 * shard, with the code of {@code status} and {@code run}. Prints the largest heap that survived a
 * collection, which is what the driver really holds. Give it the same small heap for every size:
 *
 * <pre>
 * java -Xmx128m -XX:+UseSerialGC -cp ... org.nbvrollouts.jobs.campaign.CampaignScaleBenchmark 1000 100000 1000000
 * </pre>
 */
public final class CampaignScaleBenchmark {
  private static final double MIB = 1 << 20;
  private static final double NANOS_PER_SECOND = 1e9;

  private CampaignScaleBenchmark() {}

  public static void main(String[] sizes) throws IOException {
    PrintStream out = System.out;
    for (String size : sizes) {
      measure(out, Integer.parseInt(size));
    }
  }

  private static void measure(PrintStream out, int shards) throws IOException {
    Path folder = Files.createTempDirectory("nbv-scale-");
    Path file = SeededPlan.write(folder.resolve("shards.jsonl"), shards);
    System.gc();
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    HeapWatch watch = new HeapWatch();
    long start = System.nanoTime();
    ShardManifestFile plan = ShardManifestFile.open(file);
    long read = System.nanoTime();
    StoreLocation root = StoreLocation.of(folder.resolve("stores"));
    CampaignStatus status =
        new CampaignStatusJob(
                StorageOptions.DEFAULT,
                plan,
                CampaignLayout.of(root),
                new LocalStoreIO(Durability.BUFFERED),
                Clock.systemUTC())
            .run(
                ScanEngine.ofThreads(),
                VerifyLevel.FILES,
                ScanRequest.Contents.SUMMED,
                shard -> watch.look());
    long end = System.nanoTime();
    if (status.totals().shards() != shards) {
      throw new IllegalStateException("Looked at " + status.totals().shards());
    }
    out.printf(
        Locale.ROOT,
        "%d shards: plan %.1f MB, check %.1f s, status %.1f s, heap held at most %.1f MiB%n",
        shards,
        Files.size(file) / 1e6,
        (read - start) / NANOS_PER_SECOND,
        (end - read) / NANOS_PER_SECOND,
        watch.mostMib());
    Files.delete(file);
    Files.delete(folder);
  }

  /** Heap in use right after collections. */
  private static final class HeapWatch {
    private static final int INTERVAL = 500;

    private int seen;
    private long most;

    void look() {
      if (seen++ % INTERVAL != 0) {
        return;
      }
      long used = 0;
      for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
        MemoryUsage after = pool.getCollectionUsage();
        if (pool.getType() == MemoryType.HEAP && after != null) {
          used += after.getUsed();
        }
      }
      most = Math.max(most, used);
    }

    double mostMib() {
      return Optional.of(most).filter(bytes -> bytes > 0).map(bytes -> bytes / MIB).orElse(0.0);
    }
  }
}
