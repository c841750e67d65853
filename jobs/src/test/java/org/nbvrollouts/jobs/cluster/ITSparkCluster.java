package org.nbvrollouts.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.jobs.cluster.ClusterCampaign.Running;

/**
 * Campaigns on a real cluster that loses, adds and sends away executors and copies slow tasks. Not
 * part of a usual build:
 *
 * <pre>
 * mvn verify -pl jobs -am -Dcluster.tests.skip=false -Dtest=ITSparkCluster -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
@Tag("cluster")
class ITSparkCluster {
  private static final Duration MOST = Duration.ofMinutes(10);
  private static final String ANYWHERE = "spark.locality.wait=0s";

  @TempDir static Path folder;
  private static SparkCluster cluster;

  @BeforeAll
  static void startCluster() throws IOException, InterruptedException {
    cluster = SparkCluster.start(Files.createDirectories(folder.resolve("cluster")), Map.of());
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM"})
  void anExecutorThatDiesInMidTaskCostsNothingCommitted(String signal) throws Exception {
    ClusterCampaign campaign = ClusterCampaign.plan(cluster, folder.resolve(signal), 4);
    try (JavaProcess driver = campaign.run(ANYWHERE)) {
      Running attempt = freezeOneAttempt(driver, campaign);
      ProcessHandle executor = cluster.executor(attempt.executorId());
      JavaProcess.signal(executor, signal);
      // A signal that can be handled waits for a process that is stopped.
      JavaProcess.signal(executor, "CONT");
      assertDone(driver, campaign);
      assertThat(executor.isAlive()).isFalse();
      if (signal.equals("KILL")) {
        assertThat(campaign.committedAttempt(attempt.shardId())).isNotEqualTo(attempt.attemptId());
      }
    }
    campaign.assertComplete();
  }

  @Test
  void aStragglerLosesToItsSpeculativeCopyAndOverwritesNothing() throws Exception {
    ClusterCampaign campaign = ClusterCampaign.plan(cluster, folder.resolve("straggler"), 4);
    try (JavaProcess driver =
        campaign.run(
            ANYWHERE,
            "spark.speculation=true",
            "spark.speculation.interval=200ms",
            "spark.speculation.multiplier=1.2",
            "spark.speculation.quantile=0.25",
            "spark.speculation.minTaskRuntime=200ms")) {
      Running straggler = freezeOneAttempt(driver, campaign);
      ProcessHandle executor = cluster.executor(straggler.executorId());
      driver.await("the copy", MOST, () -> Files.exists(campaign.marker(straggler.shardId())));
      Map<String, Long> committed = campaign.modificationTimes(straggler.shardId());
      JavaProcess.signal(executor, "CONT");
      assertDone(driver, campaign);
      assertThat(campaign.committedAttempt(straggler.shardId()))
          .isNotEqualTo(straggler.attemptId());
      assertThat(campaign.modificationTimes(straggler.shardId())).isEqualTo(committed);
    }
    campaign.assertComplete();
  }

  @Test
  void aWorkerThatIsSentAwayFinishesWhatItHas() throws Exception {
    ClusterCampaign campaign = ClusterCampaign.plan(cluster, folder.resolve("away"), 8);
    try (JavaProcess driver = campaign.run(ANYWHERE)) {
      Running attempt = freezeOneAttempt(driver, campaign);
      String executorId = attempt.executorId();
      ProcessHandle executor = cluster.executor(executorId);
      int worker = cluster.workerOf(executorId);
      try {
        JavaProcess.signal(cluster.worker(worker), "PWR");
        driver.await(
            "the news",
            MOST,
            () -> driver.text().contains("Decommission executors: " + executorId));
        JavaProcess.signal(executor, "CONT");
        // Spark may hear of the executor's end before its last result and ask for the shard again,
        // which then finds it done. It is built once all the same.
        assertEnded(driver, campaign);
        assertThat(campaign.committedAttempt(attempt.shardId())).isEqualTo(attempt.attemptId());
      } finally {
        cluster.restartWorker(worker);
      }
    }
    assertThat(campaign.running()).isEmpty();
    campaign.assertComplete();
  }

  @Test
  void executorsComeWhenThereIsWorkAndGoWhenThereIsNone() throws Exception {
    ClusterCampaign campaign = ClusterCampaign.plan(cluster, folder.resolve("dynamic"), 8);
    try (JavaProcess driver =
        campaign.run(
            ANYWHERE,
            "spark.dynamicAllocation.enabled=true",
            "spark.dynamicAllocation.minExecutors=0",
            "spark.dynamicAllocation.initialExecutors=0",
            "spark.dynamicAllocation.executorIdleTimeout=1s")) {
      // One shard that takes long: all others are done, and their executor has nothing to do.
      Running last = freezeOneAttempt(driver, campaign);
      driver.await("idleness", MOST, () -> driver.text().contains("removed due to idle timeout"));
      JavaProcess.signal(cluster.executor(last.executorId()), "CONT");
      assertEnded(driver, campaign);
      assertThat(driver.text()).contains("because tasks are backlogged");
      assertThat(campaign.committedAttempt(last.shardId())).isEqualTo(last.attemptId());
    }
    assertThat(campaign.running()).isEmpty();
    campaign.assertComplete();
  }

  private static void assertEnded(JavaProcess driver, ClusterCampaign campaign)
      throws InterruptedException {
    assertThat(driver.exitCode(MOST)).as(driver.text()).isZero();
    assertThat(driver.text()).contains("%1$d of %1$d shards finished".formatted(campaign.shards()));
  }

  private static void assertDone(JavaProcess driver, ClusterCampaign campaign)
      throws InterruptedException {
    assertThat(driver.exitCode(MOST)).as(driver.text()).isZero();
    assertThat(driver.text())
        .contains("%1$d of %1$d shards finished, %1$d built now".formatted(campaign.shards()));
  }

  /** Stops an executor between the start of an attempt and its commit, so that nothing races. */
  private static Running freezeOneAttempt(JavaProcess driver, ClusterCampaign campaign)
      throws InterruptedException {
    List<Running> frozen = new ArrayList<>();
    driver.await(
        "an attempt",
        MOST,
        () -> {
          campaign.running().stream()
              .filter(attempt -> freeze(campaign, attempt))
              .findFirst()
              .ifPresent(frozen::add);
          return !frozen.isEmpty();
        });
    return frozen.get(0);
  }

  /** Whether the attempt was still in work when its process stopped. */
  private static boolean freeze(ClusterCampaign campaign, Running attempt) {
    ProcessHandle executor = cluster.executor(attempt.executorId());
    try {
      JavaProcess.signal(executor, "STOP");
      if (campaign.isRunning(attempt)) {
        return true;
      }
      JavaProcess.signal(executor, "CONT");
      return false;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
