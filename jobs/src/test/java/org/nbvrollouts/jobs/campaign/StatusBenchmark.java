package org.nbvrollouts.jobs.campaign;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.shard.CampaignStorage;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardManifestFile;

/**
 * How long {@code status} at level {@code files} looks at shards, apart from the start of Spark,
 * and how long the same threads take to do nothing but read the same files. The first line of a
 * process is that of a command, whose code is not compiled yet; later ones are of compiled code.
 *
 * <pre>java -cp ... org.nbvrollouts.jobs.campaign.StatusBenchmark read|threads|spark FOLDER TIMES
 * </pre>
 *
 * <p>The folder is one that {@link ShardOverheadBenchmark} left.
 */
public final class StatusBenchmark {
  private static final int THREADS = 2;

  private StatusBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    long begin = System.nanoTime();
    ShardManifestFile plan = ShardManifestFile.open(folder.resolve("shards.jsonl"));
    System.out.printf(Locale.ROOT, "plan of %d shards: %.2f s%n", plan.shards(), since(begin));
    StoreLocation root = StoreLocation.of(folder.resolve("stores"));
    int times = Integer.parseInt(arguments[2]);
    switch (arguments[0]) {
      case "read" -> repeat(times, () -> read(plan, root));
      case "threads" -> repeat(times, () -> look(plan, root, new ThreadScan(THREADS)));
      case "spark" -> {
        try (CampaignSpark spark = CampaignSpark.start("status", OptionalInt.of(THREADS))) {
          repeat(times, () -> look(plan, root, spark));
        }
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private interface Work {
    String run() throws Exception;
  }

  private static void repeat(int times, Work work) throws Exception {
    PrintStream out = System.out;
    for (int i = 0; i < times; i++) {
      long begin = System.nanoTime();
      String what = work.run();
      out.printf(Locale.ROOT, "%s: %.2f s%n", what, since(begin));
    }
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static String look(ShardManifestFile plan, StoreLocation root, ScanEngine engine) {
    CampaignStatus status =
        new CampaignStatusJob(
                CampaignStorage.options(CampaignConfig.profile("production").storage()),
                plan,
                CampaignLayout.of(root),
                new LocalStoreIO(Durability.BUFFERED),
                Clock.systemUTC())
            .run(engine, VerifyLevel.FILES, ScanRequest.Contents.LEFT_OUT, shard -> {});
    if (!status.totals().isComplete()) {
      throw new IllegalStateException(status.totals().unfinishedText());
    }
    return "looked at %d shards".formatted(status.totals().shards());
  }

  private static String read(ShardManifestFile plan, StoreLocation root)
      throws ExecutionException, InterruptedException {
    List<Path> shards = new ArrayList<>();
    for (RolloutShardEntry entry : plan.entries()) {
      shards.add(root.child(entry.shardId()).localPath());
    }
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Long>> parts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        List<Path> part =
            shards.subList(shards.size() * i / THREADS, shards.size() * (i + 1) / THREADS);
        parts.add(pool.submit(() -> part.stream().mapToLong(StatusBenchmark::readAll).sum()));
      }
      long bytes = 0;
      for (Future<Long> part : parts) {
        bytes += part.get();
      }
      return "read %d bytes".formatted(bytes);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Opens and hashes every file below a folder. */
  private static long readAll(Path folder) {
    MessageDigest digest = CanonicalJson.newSha256();
    long read = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        digest.update(bytes);
        digest.digest();
        read += bytes.length;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read;
  }
}
