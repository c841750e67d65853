package org.nbvrollouts.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.jobs.command.CommandLineRun;
import org.nbvrollouts.jobs.command.TinySource;
import org.nbvrollouts.store.json.JsonParser;

/**
 * Campaigns on a real cluster that loses executors and copies slow tasks. Not part of a usual
 * build:
 *
 * <pre>
 * mvn verify -Dcluster.tests.skip=false -Dtest='ITSparkCluster' -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class ITSparkCluster {
  private static final Duration RUN = Duration.ofMinutes(10);
  private static final List<String> FLAGS = List.of("spark.locality.wait=0s");
  private static final List<String> SPECULATION =
      List.of(
          "spark.locality.wait=0s",
          "spark.speculation=true",
          "spark.speculation.interval=200ms",
          "spark.speculation.multiplier=1.2",
          "spark.speculation.quantile=0.25",
          "spark.speculation.minTaskRuntime=200ms");

  @TempDir static Path folder;
  private static SparkCluster cluster;
  private static Path source;
  private static Path config;

  @BeforeAll
  static void startCluster() throws IOException, InterruptedException {
    source = TinySource.write(folder.resolve("source"));
    config = TinySource.config(folder.resolve("tiny.toml"));
    cluster = SparkCluster.start(Files.createDirectories(folder.resolve("cluster")));
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** An attempt that runs now. */
  private record Running(String shardId, String attemptId, String executorId) {}

  @Test
  void anExecutorKilledInMidTaskCostsNothingCommitted() throws Exception {
    Path stores = plan("killed");
    try (JavaProcess driver = run(stores, FLAGS)) {
      Running attempt = freezeOneAttempt(driver, stores);
      JavaProcess.signal(cluster.executor(attempt.executorId()), "KILL");
      assertThat(driver.exitCode(RUN)).as(driver.text()).isZero();
      assertThat(driver.text()).contains("4 of 4 shards finished, 4 built now");
      assertThat(committedAttempt(stores, attempt.shardId())).isNotEqualTo(attempt.attemptId());
    }
    assertThat(status(stores))
        .contains("4 shards: 4 succeeded, 0 failed, 0 incomplete, 0 missing; 4 of 4 rows done");
    assertThat(markers(stores)).hasSize(4);
  }

  @Test
  void aStragglerLosesToItsSpeculativeCopyAndOverwritesNothing() throws Exception {
    Path stores = plan("straggler");
    try (JavaProcess driver = run(stores, SPECULATION)) {
      Running straggler = freezeOneAttempt(driver, stores);
      ProcessHandle executor = cluster.executor(straggler.executorId());
      Path marker = stores.resolve(straggler.shardId()).resolve("_SUCCESS.json");
      driver.await("the copy", RUN, () -> Files.exists(marker));
      Map<String, Long> committed = modificationTimes(stores.resolve(straggler.shardId()));
      JavaProcess.signal(executor, "CONT");
      assertThat(driver.exitCode(RUN)).as(driver.text()).isZero();
      assertThat(driver.text()).contains("4 of 4 shards finished, 4 built now");
      assertThat(committedAttempt(stores, straggler.shardId())).isNotEqualTo(straggler.attemptId());
      assertThat(modificationTimes(stores.resolve(straggler.shardId()))).isEqualTo(committed);
    }
    assertThat(status(stores))
        .contains("4 shards: 4 succeeded, 0 failed, 0 incomplete, 0 missing; 4 of 4 rows done");
    assertThat(markers(stores)).hasSize(4);
  }

  /** Stops an executor between the start of an attempt and its commit, so that nothing races. */
  private static Running freezeOneAttempt(JavaProcess driver, Path stores)
      throws InterruptedException {
    List<Running> frozen = new ArrayList<>();
    driver.await(
        "an attempt",
        RUN,
        () -> {
          running(stores).filter(attempt -> freeze(stores, attempt)).ifPresent(frozen::add);
          return !frozen.isEmpty();
        });
    return frozen.get(0);
  }

  /** Whether the attempt was still in work when its process stopped. */
  private static boolean freeze(Path stores, Running attempt) {
    ProcessHandle executor = cluster.executor(attempt.executorId());
    try {
      JavaProcess.signal(executor, "STOP");
      Path started = started(stores, attempt.shardId(), attempt.attemptId());
      boolean committed = Files.exists(stores.resolve(attempt.shardId()));
      if (Files.exists(started) && !committed) {
        return true;
      }
      JavaProcess.signal(executor, "CONT");
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Running> running(Path stores) {
    for (Path shard : children(stores.resolve("_attempts"))) {
      for (Path attempt : children(shard)) {
        String shardId = shard.getFileName().toString();
        String attemptId = attempt.getFileName().toString();
        Path started = started(stores, shardId, attemptId);
        if (Files.exists(started)) {
          Map<String, Object> json = json(started);
          return Optional.of(new Running(shardId, attemptId, (String) json.get("executor_id")));
        }
      }
    }
    return Optional.empty();
  }

  private static Path started(Path stores, String shardId, String attemptId) {
    return stores.resolve("_attempts").resolve(shardId).resolve(attemptId).resolve("_started.json");
  }

  private static String committedAttempt(Path stores, String shardId) {
    return (String) json(stores.resolve(shardId).resolve("_SUCCESS.json")).get("attempt_id");
  }

  private static List<Path> markers(Path stores) throws IOException {
    try (Stream<Path> files = Files.walk(stores)) {
      return files.filter(file -> file.endsWith("_SUCCESS.json")).toList();
    }
  }

  private static Map<String, Long> modificationTimes(Path root) throws IOException {
    Map<String, Long> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        times.put(root.relativize(file).toString(), Files.getLastModifiedTime(file).toMillis());
      }
    }
    return times;
  }

  private static List<Path> children(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(parent)) {
      return found.filter(child -> !child.getFileName().toString().startsWith("_probe")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> json(Path file) {
    try {
      return JsonParser.parseObject(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Plans one row per shard; returns the final root. */
  private static Path plan(String name) {
    Path manifest = folder.resolve(name).resolve("shards.jsonl");
    CommandLineRun plan = CommandLineRun.plan(config, source, manifest, 1);
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    return folder.resolve(name).resolve("stores");
  }

  private static JavaProcess run(Path stores, List<String> sparkConf) throws IOException {
    return cluster.submit(
        sparkConf,
        List.of(
            "run",
            "--config",
            config.toString(),
            "--shard-manifest",
            stores.resolveSibling("shards.jsonl").toString(),
            "--final-root",
            stores.toString()));
  }

  private static String status(Path stores) {
    CommandLineRun status =
        CommandLineRun.of(
            "status",
            "--shard-manifest",
            stores.resolveSibling("shards.jsonl"),
            "--final-root",
            stores,
            "--verify",
            "full");
    assertThat(status.exitCode()).as(status.err()).isZero();
    return status.out();
  }
}
