package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does around a campaign, on one built shard. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TestOperatorCommands {
  @TempDir static Path folder;
  private static Path source;
  private static Path config;
  private static Path stores;

  @BeforeAll
  static void buildOneShard() throws IOException {
    source = TinySource.write(folder.resolve("source"));
    config = TinySource.config(folder.resolve("tiny.toml"));
    stores = folder.resolve("stores");
    Path manifest = folder.resolve("shards.jsonl");
    assertThat(CommandLineRun.plan(config, source, manifest, 2).exitCode()).isZero();
    assertThat(CommandLineRun.build(config, manifest, stores, 0).exitCode()).isZero();
  }

  @Test
  @Order(1)
  void probeBuildsARowAndLeavesNothing() throws IOException {
    Path fresh = folder.resolve("fresh");
    CommandLineRun probe =
        CommandLineRun.of("probe", "--config", config, "--source", source, "--final-root", fresh);
    assertThat(probe.exitCode()).as(probe.err()).isZero();
    assertThat(probe.out())
        .contains("Source: 4 rows can be planned")
        .contains("Storage: creates a name once, publishes once")
        .contains("rollouts, ")
        .endsWith("Ready\n");
    assertThat(fresh).doesNotExist();

    assertThat(
            CommandLineRun.of(
                    "probe", "--config", config, "--source", source, "--final-root", stores)
                .exitCode())
        .isZero();
    assertThat(names(stores))
        .containsExactlyInAnyOrder("campaign.json", "shards.jsonl", "shard-000000");
  }

  @Test
  @Order(2)
  void gcKeepsWhatIsYoungAndRemovesWhatIsOldOnlyWhenTold() throws IOException {
    Path old = attempt("a1-0123456789ab");
    Path young = attempt("a2-0123456789ab");
    Path foreign = Files.createDirectories(stores.resolve("_attempts/shard-000001/notes"));
    age(old);

    CommandLineRun dry = CommandLineRun.of("gc", "--config", config, "--final-root", stores);
    assertThat(dry.exitCode()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("shard-000001 a1-0123456789ab: removable, 1 file")
        .contains("shard-000001 a2-0123456789ab: young")
        .contains("1 folder of dead attempts may go, 1 file")
        .contains("Nothing was removed. Add --delete to do it");
    assertThat(old).exists();

    CommandLineRun gc =
        CommandLineRun.of("gc", "--config", config, "--final-root", stores, "--delete");
    assertThat(gc.out()).contains("1 folder of dead attempts removed").contains("; 1 kept");
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(foreign).exists();
    assertThat(stores.resolve("shard-000000/_SUCCESS.json")).exists();
    deleteAttempts();
  }

  @Test
  @Order(3)
  void gcRefusesAGraceThatCouldHitALivingAttempt() {
    CommandLineRun gc =
        CommandLineRun.of(
            "gc", "--config", config, "--final-root", stores, "--grace-minutes", 239.0);
    assertThat(gc.exitCode()).isEqualTo(64);
    assertThat(gc.err())
        .startsWith("Invalid --grace-minutes: 239.0 (expected at least 240.0, twice [run]");
  }

  @Test
  @Order(4)
  void gcAndRetireRefuseAFolderOfSomethingElse() {
    for (String command : new String[] {"gc", "retire"}) {
      CommandLineRun run =
          command.equals("gc")
              ? CommandLineRun.of(command, "--final-root", source)
              : CommandLineRun.of(command, "--final-root", source, "--shard-id", 0, "--yes");
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err()).contains("Cannot use folder: it is not the final root of a campaign");
    }
  }

  @Test
  @Order(5)
  void retireWaitsForAttemptsAndForDrivers() throws IOException {
    Path living = Files.createDirectories(stores.resolve("_attempts/shard-000000/a3-0123456789ab"));
    Files.writeString(living.resolve("_started.json"), "{}");
    CommandLineRun refused = retire("--yes");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err())
        .contains("Cannot retire shard: attempt a3-0123456789ab has not ended");
    deleteAttempts();

    Path lock = stores.resolve("_campaign.lock.json");
    Files.writeString(
        lock, "{\"driver_id\": \"d\", \"heartbeat_at_utc\": \"" + Instant.now() + "\"}");
    CommandLineRun running = retire("--yes");
    assertThat(running.exitCode()).isEqualTo(3);
    assertThat(running.err()).contains("Cannot change campaign: a driver runs it");
    Files.delete(lock);
    assertThat(stores.resolve("shard-000000/_SUCCESS.json")).exists();
  }

  @Test
  @Order(6)
  void aRetiredShardIsKeptAndBuiltAgain() throws IOException {
    assertThat(retire().out()).isEqualTo("shard-000000: would be retired. Add --yes to do it\n");
    assertThat(stores.resolve("shard-000000")).exists();
    CommandLineRun retired = retire("--yes");
    assertThat(retired.exitCode()).as(retired.err()).isZero();
    assertThat(stores.resolve("shard-000000")).doesNotExist();
    try (Stream<Path> kept = Files.list(stores.resolve("_retired/shard-000000"))) {
      assertThat(kept).hasSize(1).allMatch(place -> Files.exists(place.resolve("_SUCCESS.json")));
    }
    Path manifest = folder.resolve("shards.jsonl");
    CommandLineRun status =
        CommandLineRun.of("status", "--shard-manifest", manifest, "--final-root", stores);
    assertThat(status.out()).contains("2 shards: 0 succeeded, 0 failed, 0 incomplete, 2 missing");
    assertThat(status.out()).doesNotContain("Not of this plan");
    assertThat(CommandLineRun.build(config, manifest, stores, 0).out())
        .startsWith("shard-000000: committed, ");
    assertThat(retire("--shard-id", "1").out())
        .contains("shard-000001: cannot be retired: nothing stands at ");
  }

  private static CommandLineRun retire(String... more) {
    Object[] arguments =
        Stream.concat(
                Stream.of("retire", "--config", config, "--final-root", stores, "--shard-id", 0),
                Stream.of(more))
            .toArray();
    return CommandLineRun.of(arguments);
  }

  private static Path attempt(String id) throws IOException {
    Path attempt = Files.createDirectories(stores.resolve("_attempts/shard-000001").resolve(id));
    Files.writeString(attempt.resolve("_started.json"), "{}");
    return attempt;
  }

  private static void age(Path attempt) throws IOException {
    FileTime old = FileTime.from(Instant.now().minusSeconds(5 * 3600));
    Files.setLastModifiedTime(attempt.resolve("_started.json"), old);
    Files.setLastModifiedTime(attempt, old);
  }

  private static void deleteAttempts() throws IOException {
    try (Stream<Path> below = Files.walk(stores.resolve("_attempts"))) {
      for (Path path : below.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static Stream<String> names(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.map(child -> child.getFileName().toString()).toList().stream();
    }
  }
}
