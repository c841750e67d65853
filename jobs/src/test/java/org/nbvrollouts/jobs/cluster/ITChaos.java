package org.nbvrollouts.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.jobs.command.CommandLineRun;
import org.nbvrollouts.jobs.command.TinySource;
import org.nbvrollouts.store.json.JsonParser;

/**
 * A campaign on a real cluster and S3 while executors, workers, drivers and the server die, slow
 * tasks are copied and answers are lost; the same command is given until it is done. Takes about
 * ten minutes and is not part of a usual build:
 *
 * <pre>
 * mvn verify -pl jobs -am -Dcluster.tests.skip=false -Dserver.tests.long=true -Dtest=ITChaos -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * <p>{@code -Dchaos.seed=N} repeats the choices of a run, {@code -Dchaos.shards=N} takes fewer.
 */
@Tag("cluster")
@EnabledIfSystemProperty(named = "server.tests.long", matches = "true")
class ITChaos {
  private static final int SHARDS = Integer.getInteger("chaos.shards", 200);
  private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
  private static final int MOST_RUNS = 30;
  private static final Duration MOST = Duration.ofMinutes(40);
  private static final long LOOK_AGAIN_MS = 250;
  private static final int COMPARED = 10;
  private static final Pattern COPIED = Pattern.compile("Marking task .* as speculatable");

  /**
   * Executors die here for no fault of shards, so nothing may be held against a shard or a host.
   */
  private static final String CONFIG = "\n[run]\nmax_crashes = 1000\nmax_failed_shards = 1000\n";

  private static final List<String> CONF =
      List.of(
          "spark.task.maxFailures=1000",
          "spark.excludeOnFailure.enabled=false",
          "spark.speculation=true",
          "spark.speculation.interval=500ms",
          "spark.speculation.multiplier=1.5",
          "spark.speculation.quantile=0.5",
          "spark.speculation.minTaskRuntime=3s");

  @TempDir private static Path folder;

  private final FaultCounts counts = new FaultCounts();
  private final Set<Long> talkative = new TreeSet<>();

  @Test
  void aCampaignThatIsHitEveryFewSecondsLosesNothing() throws Exception {
    System.out.println("Chaos with -Dchaos.seed=" + SEED);
    Random random = new Random(SEED);
    Path source = TinySource.writeRows(folder.resolve("source"), SHARDS);
    Path config = TinySource.config(folder.resolve("tiny.toml"));
    Files.writeString(config, Files.readString(config) + CONFIG);
    Path manifest = folder.resolve("plan/shards.jsonl");
    assertThat(CommandLineRun.plan(config, source, manifest, 1).exitCode()).isZero();
    try (ChaoticS3 s3 = ChaoticS3.start(Files.createDirectories(folder.resolve("s3")), counts);
        SparkCluster cluster =
            SparkCluster.start(
                Files.createDirectories(folder.resolve("cluster")), s3.environment())) {
      List<String> run = ClusterCampaign.runArguments(config, manifest, s3.finalRoot());
      long start = System.nanoTime();
      int runs = runToTheEnd(cluster, s3, run, random);
      System.out.printf(
          "Chaos of %d shards: %s, %d runs, %d requests, %d s%n",
          SHARDS,
          counts.all(),
          runs,
          s3.requests(),
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
      assertThat(counts.all()).allSatisfy((fault, times) -> assertThat(times).isPositive());

      assertEverythingIsThere(cluster, manifest, s3);
      assertAnotherRunDoesNothing(cluster, run, s3);
      assertOnlyCommittedFilesStay(cluster, s3);
      assertSameDataAsAlone(config, manifest, s3, random);
      assertNoSecretWasTold(s3);
    }
  }

  /** Gives the same command until it exits with 0; returns how often. */
  private int runToTheEnd(SparkCluster cluster, ChaoticS3 s3, List<String> run, Random random)
      throws Exception {
    long end = System.nanoTime() + MOST.toNanos();
    // Shards that are committed when a driver dies, and when the server does.
    List<Integer> driverDeaths = new ArrayList<>(List.of(SHARDS / 4, SHARDS * 3 / 4));
    List<Integer> outages = new ArrayList<>(List.of(SHARDS / 2));
    s3.breakRequests(new Random(random.nextLong()));
    try (ChaosMonkey monkey =
        new ChaosMonkey(cluster, s3::committed, counts, new Random(random.nextLong()))) {
      monkey.start();
      for (int runs = 1; runs <= MOST_RUNS; runs++) {
        try (JavaProcess driver = cluster.submit(CONF, run)) {
          while (driver.handle().isAlive() && System.nanoTime() < end) {
            lookForSecrets();
            int committed = s3.committed();
            if (isDue(outages, committed)) {
              s3.goAway();
            } else if (isDue(driverDeaths, committed)) {
              driver.handle().destroyForcibly();
              counts.add(FaultCounts.Fault.DRIVER_KILLED, 1);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
          }
          counts.add(FaultCounts.Fault.TASK_COPIED, occurrences(driver.text()));
          int code = driver.exitCode(Duration.ofSeconds(10));
          System.out.printf("Run %d: exit %d, %d shards committed%n", runs, code, s3.committed());
          if (code == 0) {
            return runs;
          }
          // Killed, unfinished, or the storage failed: what a scheduler tries again.
          assertThat(code).as(driver.text()).isIn(137, 2, 75);
        }
      }
    } finally {
      s3.behave();
    }
    throw new AssertionError("not done after " + MOST_RUNS + " runs");
  }

  private static boolean isDue(List<Integer> milestones, int committed) {
    if (milestones.isEmpty() || committed < milestones.get(0)) {
      return false;
    }
    milestones.remove(0);
    return true;
  }

  private static int occurrences(String text) {
    Matcher matcher = COPIED.matcher(text);
    int found = 0;
    while (matcher.find()) {
      found++;
    }
    return found;
  }

  private static void assertEverythingIsThere(SparkCluster cluster, Path manifest, ChaoticS3 s3)
      throws Exception {
    String status =
        answer(
            cluster,
            List.of(
                "status",
                "--shard-manifest",
                manifest.toString(),
                "--final-root",
                s3.finalRoot(),
                "--verify",
                "full",
                "--require-complete",
                "--json"));
    Map<String, Object> json =
        JsonParser.parseObject(
            status.substring(status.indexOf("{\n")).getBytes(StandardCharsets.UTF_8), "status");
    assertThat((Map<?, ?>) json.get("counts"))
        .isEqualTo(
            Map.of("succeeded", (long) SHARDS, "failed", 0L, "incomplete", 0L, "missing", 0L));
    System.out.println("Duplicates: " + json.get("duplicates"));
    assertThat(((Map<?, ?>) json.get("duplicates")).get("divergent")).isEqualTo(0L);
  }

  private static void assertAnotherRunDoesNothing(
      SparkCluster cluster, List<String> run, ChaoticS3 s3) throws Exception {
    SortedMap<String, String> before = s3.listing();
    before.remove("_campaign.lock.json");
    try (JavaProcess driver = cluster.submit(List.of(), run)) {
      assertThat(driver.exitCode(MOST)).as(driver.text()).isZero();
      assertThat(driver.text())
          .contains(
              "%1$d of %1$d shards finished, 0 built now, %1$d done before".formatted(SHARDS));
    }
    assertThat(s3.listing()).isEqualTo(before);
  }

  /** Beside the shards only the campaign's copy of its plan and reports of failures. */
  private static void assertOnlyCommittedFilesStay(SparkCluster cluster, ChaoticS3 s3)
      throws Exception {
    Path config = folder.resolve("gc.toml");
    Files.writeString(config, "[run]\ntask_deadline_ms = 1000\n");
    TimeUnit.SECONDS.sleep(3);
    String gc =
        answer(
            cluster,
            List.of(
                "gc", "--config", config.toString(), "--final-root", s3.finalRoot(), "--delete"));
    System.out.println(gc.lines().reduce("", (first, last) -> last));
    Set<String> expected = new TreeSet<>(Set.of("campaign.json", "shards.jsonl"));
    Set<String> found = new TreeSet<>(s3.listing().keySet());
    found.removeIf(path -> path.startsWith("_FAILED.") || path.startsWith("_probe"));
    for (String path : List.copyOf(found)) {
      if (path.endsWith("/_SUCCESS.json")) {
        String shard = path.substring(0, path.indexOf('/') + 1);
        String store = (String) marker(s3, path).get("store_path");
        expected.add(path);
        // Of an attempt that was killed after its commit; the specification lets it stay.
        found.remove(shard + store.replace("/store", "/_started.json"));
        for (String file : List.of("_owner.json", "manifest.json", "store.zarr.zip")) {
          expected.add(shard + store + "/" + file);
        }
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  /** A sample of the shards, built again on a local disk by one undisturbed process. */
  private static void assertSameDataAsAlone(Path config, Path manifest, ChaoticS3 s3, Random random)
      throws IOException {
    Path alone = folder.resolve("alone");
    for (int i = 0; i < COMPARED; i++) {
      int shard = random.nextInt(SHARDS);
      CommandLineRun build =
          CommandLineRun.build(config, manifest, alone, shard, "--allow-dirty-build");
      assertThat(build.exitCode()).as(build.err()).isZero();
      String path = "shard-%06d/_SUCCESS.json".formatted(shard);
      Map<String, Object> local =
          JsonParser.parseObject(Files.readAllBytes(alone.resolve(path)), path);
      assertThat(marker(s3, path).get("data_sha256")).isEqualTo(local.get("data_sha256"));
    }
  }

  /** Not on a command line while it ran, nor in anything that was written. */
  private void assertNoSecretWasTold(ChaoticS3 s3) throws IOException {
    assertThat(talkative).as("processes with the secret on their command line").isEmpty();
    assertThat(SecretSearch.files(folder.resolve("cluster"))).isEmpty();
    for (String path : s3.listing().keySet()) {
      assertThat(SecretSearch.isTold(s3.read(path))).as(path).isFalse();
    }
  }

  private void lookForSecrets() {
    talkative.addAll(
        ProcessHandle.allProcesses()
            .filter(SecretSearch::isTold)
            .map(ProcessHandle::pid)
            .collect(Collectors.toSet()));
  }

  private static Map<String, Object> marker(ChaoticS3 s3, String path) throws IOException {
    return new TreeMap<>(JsonParser.parseObject(s3.read(path), path));
  }

  private static String answer(SparkCluster cluster, List<String> arguments) throws Exception {
    try (JavaProcess command = cluster.command(arguments)) {
      assertThat(command.exitCode(MOST)).as(command.text()).isZero();
      return command.text();
    }
  }
}
