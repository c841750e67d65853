package org.nbvrollouts.jobs.campaign;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.config.RunSettings;
import org.nbvrollouts.store.commit.AttemptOutcome;
import org.nbvrollouts.store.commit.BuiltShard;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.commit.CommitClock;
import org.nbvrollouts.store.commit.CommitPolicy;
import org.nbvrollouts.store.commit.RenamePublisher;
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
import org.nbvrollouts.store.manifest.StoreFile;

/**
 * What a shard costs beside its rows: task, attempt, seal, commit and outcome are real, the store
 * is one small file and its manifest. Prints milliseconds of wall time per shard on {@code
 * local[2]}, with and without forcing to disk, three times each.
 *
 * <pre>java -cp ... org.nbvrollouts.jobs.campaign.ShardOverheadBenchmark [shards, default 1000]
 * </pre>
 */
public final class ShardOverheadBenchmark {
  private static final int THREADS = 2;
  private static final int REPETITIONS = 3;

  private ShardOverheadBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int shards = arguments.length == 0 ? 1000 : Integer.parseInt(arguments[0]);
    PrintStream out = System.out;
    RunSettings settings =
        new CampaignConfig.Text("overhead.toml", "[run]\nparallelism = " + THREADS).parse().run();
    try (CampaignSpark spark = CampaignSpark.start("overhead", OptionalInt.of(THREADS))) {
      measure(spark, settings, shards, Durability.BUFFERED);
      for (Durability durability : Durability.values()) {
        for (int i = 0; i < REPETITIONS; i++) {
          out.printf(
              Locale.ROOT,
              "%s: %.2f ms per shard (%d shards, local[%d])%n",
              durability,
              measure(spark, settings, shards, durability),
              shards,
              THREADS);
        }
      }
    }
  }

  private static double measure(
      CampaignSpark spark, RunSettings settings, int shards, Durability durability)
      throws IOException {
    Path folder = Files.createTempDirectory("nbv-overhead-");
    List<RolloutShardEntry> entries = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      entries.add(SeededPlan.entry(i));
    }
    CampaignRunResult result =
        new RunCampaignJob(
                tinyBody(folder.toString(), durability),
                settings,
                new RunGuards(OptionalLong::empty, () -> {}),
                new Silent())
            .run(spark, new CampaignSession.Selection(entries, shards));
    if (result.count(AttemptOutcome.COMMITTED) != shards) {
      throw new IllegalStateException("Not all committed: " + result);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    return result.durationMs() / (double) shards;
  }

  private static ShardBody tinyBody(String folder, Durability durability) {
    return (entry, taskAttemptId, executorId, stop) -> {
      LocalStoreIO io = new LocalStoreIO(durability);
      ShardCommitter committer =
          new ShardCommitter(
              CampaignLayout.of(StoreLocation.of(Path.of(folder))),
              io,
              new RenamePublisher(durability),
              store ->
                  new InspectedStore(
                      List.of(),
                      new ShardCounts(1, 1, 1),
                      "",
                      Map.of(),
                      List.of(
                          new StoreFile("data", sha256(entry.shardId()), entry.shardId().length()),
                          new StoreFile(
                              "manifest.json", sha256(manifest(entry)), manifest(entry).length()))),
              CommitPolicy.DEFAULT,
              CommitClock.system());
      String random = CanonicalJson.sha256Hex(entry.shardId().getBytes(StandardCharsets.UTF_8));
      ShardAttempt attempt =
          new ShardAttempt(
              ShardAttempt.idOf(taskAttemptId, random.substring(0, 12)),
              "campaign-overhead",
              entry.inputs(),
              new ShardAttempt.Place("localhost", executorId),
              Duration.ofHours(1),
              Map.of());
      return committer.run(entry, attempt, store -> tinyStore(io, entry, store), stop);
    };
  }

  private static BuiltShard tinyStore(LocalStoreIO io, RolloutShardEntry entry, StoreLocation store)
      throws IOException {
    io.write(store.child("data"), entry.shardId().getBytes(StandardCharsets.UTF_8));
    io.write(store.child("manifest.json"), manifest(entry).getBytes(StandardCharsets.UTF_8));
    return new BuiltShard(
        List.of(SourceOutcome.generated(0, 1, "stored", Map.of())), Map.of("generate", 0L));
  }

  private static String manifest(RolloutShardEntry entry) {
    return CanonicalJson.pretty(Map.of("generation", Map.of("shard", entry.toJson())));
  }

  private static String sha256(String text) {
    return CanonicalJson.sha256Hex(text.getBytes(StandardCharsets.UTF_8));
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
