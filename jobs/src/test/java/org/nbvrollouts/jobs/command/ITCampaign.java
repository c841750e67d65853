package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.OwnerSidecarParser;
import org.nbvrollouts.store.manifest.SourceOutcome;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** Whole campaigns on two small homes, through the commands, on local Spark. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ITCampaign {
  private static final int ROWS = 4;

  @TempDir static Path folder;
  private static Path source;
  private static Path config;

  @BeforeAll
  static void makeSource() throws IOException {
    source = TinySource.write(folder.resolve("source"));
    config = TinySource.config(folder.resolve("tiny.toml"));
  }

  @Test
  @Order(1)
  void planningTwiceGivesTheSameBytes() throws IOException {
    Path first = plan("first", 1);
    Path second = plan("second", 1);
    assertThat(Files.readAllBytes(first)).isNotEmpty().isEqualTo(Files.readAllBytes(second));
    CommandLineRun again = planInto(first, 1);
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("Unchanged: ");
  }

  @Test
  @Order(2)
  void anotherPlanIsNeverWrittenOverOne() throws IOException {
    Path manifest = plan("kept", 1);
    byte[] before = Files.readAllBytes(manifest);
    CommandLineRun other = planInto(manifest, 2);
    assertThat(other.exitCode()).isEqualTo(3);
    assertThat(other.err()).startsWith("Cannot write plan: another plan stands there (file=");
    assertThat(Files.readAllBytes(manifest)).isEqualTo(before);
  }

  @Test
  @Order(3)
  void aRunFinishesAndASecondOneSkipsEverything() throws IOException {
    Path manifest = plan("resume", 1);
    Path stores = folder.resolve("resume/stores");
    CommandLineRun first = run(manifest, stores, 2);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("4 of 4 shards finished, 4 built now, 0 done before")
        .contains("Candidates")
        .contains("random_valid");
    Map<String, Long> files = modificationTimes(stores);

    CommandLineRun second = run(manifest, stores, 2);
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).contains("4 of 4 shards finished, 0 built now, 4 done before");
    assertThat(modificationTimes(stores)).isEqualTo(files);

    CommandLineRun status =
        CommandLineRun.of(
            "status", "--shard-manifest", manifest, "--final-root", stores, "--require-complete");
    assertThat(status.exitCode()).isZero();
    assertThat(status.out()).contains("4 shards: 4 succeeded, 0 failed, 0 incomplete, 0 missing");
  }

  @Test
  @Order(4)
  void threadsAndShardSizeChangeNoRow() throws IOException {
    Map<String, String> oneThread = rowHashes(run("one-thread", 1, 1));
    assertThat(oneThread).hasSize(ROWS);
    assertThat(oneThread.values()).allMatch(seal -> seal.matches("[0-9a-f]{64}"));
    assertThat(rowHashes(run("four-threads", 1, 4))).isEqualTo(oneThread);
    assertThat(rowHashes(run("three-rows", 3, 2))).isEqualTo(oneThread);
  }

  @Test
  @Order(5)
  void aLimitStopsCleanlyAndTheSameCommandContinues() throws IOException {
    Path manifest = plan("limited", 1);
    Path stores = folder.resolve("limited/stores");
    CommandLineRun limited =
        CommandLineRun.run(config, manifest, stores, "--parallelism", 2, "--max-new-shards", 2);
    assertThat(limited.exitCode()).as(limited.err()).isEqualTo(2);
    assertThat(limited.out())
        .contains("2 of 4 shards finished")
        .contains("Stopped early: limit of new shards reached (max_new_shards=2)");
    CommandLineRun rest = run(manifest, stores, 2);
    assertThat(rest.exitCode()).isZero();
    assertThat(rest.out()).contains("4 of 4 shards finished, 2 built now, 2 done before");
  }

  @Test
  @Order(6)
  void buildMakesOneShardThatRunThenSkips() throws IOException {
    Path manifest = plan("single", 3);
    Path stores = folder.resolve("single/stores");
    CommandLineRun build = CommandLineRun.build(config, manifest, stores, 1);
    assertThat(build.exitCode()).as(build.err()).isZero();
    assertThat(build.out()).startsWith("shard-000001: committed, ");
    assertThat(run(manifest, stores, 2).out())
        .contains("2 of 2 shards finished, 1 built now, 1 done before");
  }

  @Test
  @Order(9)
  void theRetryManifestOfACompleteCampaignHasNothingToDo() throws IOException {
    Path manifest = plan("nothing", 3);
    Path stores = folder.resolve("nothing/stores");
    assertThat(run(manifest, stores, 2).exitCode()).isZero();
    Map<String, Long> files = modificationTimes(stores);
    Path retry = folder.resolve("nothing/retry.jsonl");
    CommandLineRun status =
        CommandLineRun.of(
            "status",
            "--shard-manifest",
            manifest,
            "--final-root",
            stores,
            "--retry-manifest",
            retry);
    assertThat(status.exitCode()).isZero();
    assertThat(status.err()).contains("Nothing to retry: every shard is finished");
    assertThat(retry).isEmptyFile();

    CommandLineRun again = run(retry, stores, 2);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).startsWith("Nothing to do: the plan is empty");
    CommandLineRun json = CommandLineRun.run(config, retry, stores, "--json");
    assertThat(json.exitCode()).isZero();
    assertThat(JsonParser.parseObject(json.out(), "report")).containsEntry("num_shards", 0L);
    assertThat(modificationTimes(stores)).isEqualTo(files);

    CommandLineRun elsewhere = run(retry, folder.resolve("nothing/elsewhere"), 2);
    assertThat(elsewhere.exitCode()).isEqualTo(3);
    assertThat(elsewhere.err()).startsWith("Cannot use plan: it has no shard");
  }

  @Test
  @Order(7)
  void aFlippedByteIsFoundAndNeverRepaired() throws IOException {
    Path stores = run("flipped", 3, 2);
    Path manifest = folder.resolve("flipped/shards.jsonl");
    Path chunk = stores.resolve("shard-000000/candidates/target_rri/c/0");
    byte[] bytes = Files.readAllBytes(chunk);
    bytes[bytes.length / 2] ^= 1;
    Files.write(chunk, bytes);
    CommandLineRun status =
        CommandLineRun.of(
            "status", "--shard-manifest", manifest, "--final-root", stores, "--require-complete");
    assertThat(status.exitCode()).isEqualTo(2);
    assertThat(status.out()).contains("1 incomplete").contains("file_hash_mismatch");
    CommandLineRun again = run(manifest, stores, 2);
    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(again.err()).contains("shard-000000: Cannot use final directory");
    assertThat(again.out()).as("summary of the other shard").contains("Candidates");
    assertThat(Files.readAllBytes(chunk)).isEqualTo(bytes);
  }

  @Test
  @Order(8)
  void detectedTargetsGiveValidStoresThatSaySo() throws IOException {
    Path selecting = TinySource.actorVisibleConfig(folder.resolve("actor-visible.toml"));
    Path manifest = folder.resolve("actor-visible/shards.jsonl");
    Path stores = folder.resolve("actor-visible/stores");
    CommandLineRun plan = CommandLineRun.plan(selecting, source, manifest, 4);
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.err())
        .contains(
            "Ignored oracle_target_task_sampler.seed: targets come from actor_visible_selector");
    CommandLineRun run = CommandLineRun.run(selecting, manifest, stores);
    assertThat(run.exitCode()).as(run.err()).isZero();
    Path store = stores.resolve("shard-000000");
    assertThat(CommandLineRun.of("info", "--store", store, "--validate").exitCode()).isZero();
    try (RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(store)) {
      assertThat(reader.dictionary("target_source")).containsExactly("detected_obbs");
      assertThat(reader.dictionary("target_match_status")).containsExactly("matched");
      assertThat(reader.strings("targets/target_protocol_version")).containsExactly("v1_observed");
      assertThat(reader.floats("targets/target_effective_support_count"))
          .isNotEmpty()
          .doesNotContain(Float.NaN);
    }
  }

  private static Path run(String name, int rowsPerShard, int threads) throws IOException {
    Path stores = folder.resolve(name).resolve("stores");
    CommandLineRun run = run(plan(name, rowsPerShard), stores, threads);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return stores;
  }

  private static CommandLineRun run(Path manifest, Path stores, int threads) {
    return CommandLineRun.run(config, manifest, stores, "--parallelism", threads);
  }

  private static Path plan(String name, int rowsPerShard) {
    Path manifest = folder.resolve(name).resolve("shards.jsonl");
    CommandLineRun plan = planInto(manifest, rowsPerShard);
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    return manifest;
  }

  private static CommandLineRun planInto(Path manifest, int rowsPerShard) {
    return CommandLineRun.plan(config, source, manifest, rowsPerShard);
  }

  /** Seal of each row by its key. */
  private static Map<String, String> rowHashes(Path stores) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (var shards = Files.newDirectoryStream(stores, "shard-*")) {
      for (Path shard : shards) {
        Path file = shard.resolve("_owner.json");
        var owner =
            OwnerSidecarParser.parse(
                JsonParser.parseObject(Files.readAllBytes(file), file.toString()), file.toString());
        for (SourceOutcome outcome : owner.sourceOutcomes()) {
          hashes.put(
              owner.entry().rows().get(outcome.order()).sampleKey(), outcome.rowDataSha256());
        }
      }
    }
    return hashes;
  }

  private static Map<String, Long> modificationTimes(Path root) throws IOException {
    Map<String, Long> times = new TreeMap<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            times.put(root.relativize(file).toString(), attributes.lastModifiedTime().toMillis());
            return FileVisitResult.CONTINUE;
          }
        });
    return times;
  }
}
