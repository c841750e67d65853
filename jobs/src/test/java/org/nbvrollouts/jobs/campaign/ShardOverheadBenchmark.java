package org.nbvrollouts.jobs.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.config.RunSettings;
import org.nbvrollouts.store.commit.AttemptOutcome;
import org.nbvrollouts.store.commit.BuiltShard;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.commit.CommitClock;
import org.nbvrollouts.store.commit.CommitPolicy;
import org.nbvrollouts.store.commit.RenamePublisher;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.commit.ShardAttempt;
import org.nbvrollouts.store.commit.ShardCommitter;
import org.nbvrollouts.store.commit.StoreInspection.InspectedStore;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardCounts;
import org.nbvrollouts.store.manifest.SourceOutcome;
import org.nbvrollouts.store.zarr.StoreLayout;
import org.nbvrollouts.store.zip.ZipArchiveWriter;

/**
 * What a shard costs beside its rows: task, attempt, seal, commit and outcome are real, the store
 * is one small file and its manifest, as a folder or in an archive. Prints milliseconds of wall
 * time per shard on {@code local[2]}, with and without forcing to disk, three times each:
 *
 * <pre>java -cp ... org.nbvrollouts.jobs.campaign.ShardOverheadBenchmark [SHARDS, default 1000]
 * </pre>
 *
 * <p>With a size and a folder it builds once, not forced, and leaves the plan and the finished
 * shards there, for commands that look at very many:
 *
 * <pre>java -cp ... org.nbvrollouts.jobs.campaign.ShardOverheadBenchmark 10000 1000 FOLDER</pre>
 */
public final class ShardOverheadBenchmark {
  private static final int THREADS = 2;
  private static final int REPETITIONS = 3;

  private ShardOverheadBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int shards = arguments.length == 0 ? 1000 : Integer.parseInt(arguments[0]);
    PrintStream out = System.out;
    try (CampaignSpark spark = CampaignSpark.start("overhead", OptionalInt.of(THREADS))) {
      if (arguments.length > 2) {
        keep(spark, shards, Integer.parseInt(arguments[1]), Path.of(arguments[2]));
        return;
      }
      measure(spark, shards, StoreLayout.DIRECTORY, Durability.BUFFERED);
      for (StoreLayout layout : StoreLayout.values()) {
        for (Durability durability : Durability.values()) {
          for (int i = 0; i < REPETITIONS; i++) {
            out.printf(
                Locale.ROOT,
                "%s, %s: %.2f ms per shard (%d shards, local[%d])%n",
                layout,
                durability,
                measure(spark, shards, layout, durability),
                shards,
                THREADS);
          }
        }
      }
    }
  }

  private static double measure(
      CampaignSpark spark, int shards, StoreLayout layout, Durability durability)
      throws IOException {
    Path folder = Files.createTempDirectory("nbv-overhead-");
    CampaignRunResult result =
        build(spark, shards, new TinyBody(folder.toString(), layout, durability, 1));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    return result.durationMs() / (double) shards;
  }

  private static void keep(CampaignSpark spark, int shards, int bytes, Path folder)
      throws IOException {
    Path stores = Files.createDirectories(folder.resolve("stores")).toAbsolutePath().normalize();
    try (BufferedWriter plan = Files.newBufferedWriter(folder.resolve("shards.jsonl"))) {
      for (int i = 0; i < shards; i++) {
        plan.write(CanonicalJson.line(SeededPlan.entry(i).toJson()) + "\n");
      }
    }
    build(
        spark,
        shards,
        new TinyBody(stores.toString(), StoreLayout.DIRECTORY, Durability.BUFFERED, bytes));
  }

  private static CampaignRunResult build(CampaignSpark spark, int shards, TinyBody body) {
    RunSettings settings =
        new CampaignConfig.Text("overhead.toml", "[run]\nparallelism = " + THREADS).parse().run();
    Iterable<RolloutShardEntry> entries =
        () -> IntStream.range(0, shards).mapToObj(SeededPlan::entry).iterator();
    CampaignRunResult result =
        new RunCampaignJob(
                body, settings, new RunGuards(OptionalLong::empty, () -> {}), new Silent())
            .run(spark, new CampaignSession.Selection(entries, shards));
    if (result.count(AttemptOutcome.COMMITTED) != shards) {
      throw new IllegalStateException("Not all committed: " + result);
    }
    return result;
  }

  /**
   * Commits a store of one file.
   *
   * @param root where shards are published
   * @param bytes of the file
   */
  private record TinyBody(String root, StoreLayout layout, Durability durability, int bytes)
      implements ShardBody {
    @Override
    public RolloutShardRunResult run(
        RolloutShardEntry entry, long taskAttemptId, String executorId, BooleanSupplier stop) {
      LocalStoreIO io = new LocalStoreIO(durability);
      ShardCommitter committer =
          new ShardCommitter(
              CampaignLayout.of(StoreLocation.of(Path.of(root))),
              io,
              new RenamePublisher(durability),
              store ->
                  new InspectedStore(List.of(), new ShardCounts(1, 1, 1), "", Map.of(), List.of()),
              CommitPolicy.DEFAULT,
              CommitClock.system());
      String random = CanonicalJson.sha256Hex(entry.shardId().getBytes(UTF_8));
      ShardAttempt attempt =
          new ShardAttempt(
              ShardAttempt.idOf(taskAttemptId, random.substring(0, 12)),
              "campaign-overhead",
              entry.inputs(),
              new ShardAttempt.Place("localhost", executorId),
              Duration.ofHours(1),
              Map.of());
      return committer.run(entry, attempt, store -> build(io, entry, store), stop);
    }

    private BuiltShard build(LocalStoreIO io, RolloutShardEntry entry, StoreLocation store)
        throws IOException {
      byte[] data = entry.shardId().repeat(bytes / entry.shardId().length() + 1).getBytes(UTF_8);
      if (layout == StoreLayout.DIRECTORY) {
        io.write(store.child("data/c/0"), data);
      } else {
        io.write(store.child(StoreLayout.ARCHIVE_NAME), archive(data));
      }
      io.write(store.child("manifest.json"), manifest(entry).getBytes(UTF_8));
      return new BuiltShard(
          List.of(SourceOutcome.generated(0, 1, "stored", Map.of())), Map.of("generate", 0L));
    }
  }

  private static byte[] archive(byte[] data) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(data);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ZipArchiveWriter archive = new ZipArchiveWriter(bytes);
    archive.add("data/c/0", data.length, (int) crc.getValue(), out -> out.write(data));
    archive.finish();
    return bytes.toByteArray();
  }

  private static String manifest(RolloutShardEntry entry) {
    return CanonicalJson.pretty(Map.of("generation", Map.of("shard", entry.toJson())));
  }

  /** Shows nothing. */
  private static final class Silent implements ProgressListener {
    @Override
    public void update(String line) {}

    @Override
    public void note(String line) {
      throw new IllegalStateException(line);
    }

    @Override
    public void end() {}
  }
}
