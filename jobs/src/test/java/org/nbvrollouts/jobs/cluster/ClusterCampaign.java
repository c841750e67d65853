package org.nbvrollouts.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.nbvrollouts.jobs.command.CommandLineRun;
import org.nbvrollouts.jobs.command.TinySource;
import org.nbvrollouts.store.json.JsonParser;

/**
 * A small campaign on a local disk, one row in a shard, with what can be seen of it there.
 *
 * @param stores its final root
 */
record ClusterCampaign(SparkCluster cluster, Path config, Path manifest, Path stores, int shards) {

  /** An attempt that has begun and not ended. */
  record Running(String shardId, String attemptId, String executorId) {}

  /** Writes a source and a plan below a folder that is not there yet. */
  static ClusterCampaign plan(SparkCluster cluster, Path folder, int shards) throws IOException {
    Path source = TinySource.writeRows(folder.resolve("source"), shards);
    Path config = TinySource.config(folder.resolve("tiny.toml"));
    Path manifest = folder.resolve("shards.jsonl");
    CommandLineRun plan = CommandLineRun.plan(config, source, manifest, 1);
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    return new ClusterCampaign(cluster, config, manifest, folder.resolve("stores"), shards);
  }

  JavaProcess run(String... sparkConf) throws IOException {
    return cluster.submit(List.of(sparkConf), runArguments(config, manifest, stores.toString()));
  }

  /** The command that runs a campaign. */
  static List<String> runArguments(Path config, Path manifest, String finalRoot) {
    return List.of(
        "run",
        "--config",
        config.toString(),
        "--shard-manifest",
        manifest.toString(),
        "--final-root",
        finalRoot,
        "--allow-dirty-build");
  }

  /** Attempts in work now, in order of shards. */
  List<Running> running() {
    List<Running> found = new ArrayList<>();
    for (Path shard : children(stores.resolve("_attempts"))) {
      for (Path attempt : children(shard)) {
        String shardId = shard.getFileName().toString();
        String attemptId = attempt.getFileName().toString();
        try {
          Map<String, Object> json = json(started(shardId, attemptId));
          found.add(new Running(shardId, attemptId, (String) json.get("executor_id")));
        } catch (UncheckedIOException e) {
          // It ended while it was looked at, or begins just now.
        }
      }
    }
    return found;
  }

  /** Whether an attempt has neither published nor ended. */
  boolean isRunning(Running attempt) {
    return Files.exists(started(attempt.shardId(), attempt.attemptId()))
        && !Files.exists(stores.resolve(attempt.shardId()));
  }

  private Path started(String shardId, String attemptId) {
    return stores.resolve("_attempts").resolve(shardId).resolve(attemptId).resolve("_started.json");
  }

  Path marker(String shardId) {
    return stores.resolve(shardId).resolve("_SUCCESS.json");
  }

  String committedAttempt(String shardId) {
    return (String) json(marker(shardId)).get("attempt_id");
  }

  Map<String, Long> modificationTimes(String shardId) throws IOException {
    Map<String, Long> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(stores.resolve(shardId))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        times.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
      }
    }
    return times;
  }

  /** Every shard is committed once and verifies to its last number. */
  void assertComplete() throws IOException {
    CommandLineRun status =
        CommandLineRun.of(
            "status", "--shard-manifest", manifest, "--final-root", stores, "--verify", "full");
    assertThat(status.exitCode()).as(status.err()).isZero();
    assertThat(status.out())
        .contains(
            "%1$d shards: %1$d succeeded, 0 failed, 0 incomplete, 0 missing; %1$d of %1$d rows done"
                .formatted(shards));
    try (Stream<Path> files = Files.walk(stores)) {
      assertThat(files.filter(file -> file.endsWith("_SUCCESS.json"))).hasSize(shards);
    }
  }

  private static List<Path> children(Path parent) {
    try (Stream<Path> found = Files.list(parent)) {
      return found
          .filter(child -> !child.getFileName().toString().startsWith("_probe"))
          .sorted()
          .toList();
    } catch (IOException e) {
      // Folders of attempts come and go.
      return List.of();
    }
  }

  private static Map<String, Object> json(Path file) {
    try {
      return JsonParser.parseObject(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
