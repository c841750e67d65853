package org.nbvrollouts.jobs.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.jobs.RolloutCli;
import org.nbvrollouts.jobs.cluster.JavaProcess;
import org.nbvrollouts.jobs.command.CommandLineRun;
import org.nbvrollouts.jobs.shard.HookedRunners;
import org.nbvrollouts.jobs.shard.ShardRunRequest;
import org.nbvrollouts.jobs.shard.ShardRunner;
import org.nbvrollouts.store.commit.AttemptOutcome;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.RolloutShardEntry;

/**
 * One campaign of twelve shards on every storage: a driver with four tasks is killed in mid
 * generation, an attempt between publish and commit, a shard is built twice at once; then the same
 * command finishes everything, and a byte that changes afterwards is found and never repaired. Not
 * part of a usual build:
 *
 * <pre>
 * mvn test -pl jobs -am -Dserver.tests.long=true -Dtest=ITAcceptance -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
@EnabledIfSystemProperty(named = "server.tests.long", matches = "true")
class ITAcceptance {
  private static final int SHARDS = 12;
  private static final Duration MOST = Duration.ofMinutes(5);

  @TempDir private static Path folder;
  private static RemoteServers servers;
  private static AcceptedCampaign planned;

  @BeforeAll
  static void startServers() throws IOException {
    servers = RemoteServers.start(folder);
    planned = AcceptedCampaign.plan(folder.resolve("input"), SHARDS);
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "hdfs", "s3"})
  void aCampaignOutlivesKillsAndDuplicatesAndNoticesTampering(String storage) throws Exception {
    AcceptedCampaign campaign = planned.at(servers.root(storage));
    killTheDriver(campaign, folder.resolve(storage + "-driver.log"));
    List<String> unfinished = campaign.shards("missing");
    assertThat(unfinished).hasSizeBetween(2, SHARDS - 1);
    String dying = unfinished.get(0);
    dieBeforeCommit(campaign, dying, folder.resolve(storage + "-dying.log"));
    // Where folders are renamed, the store is published by now.
    assertThat(campaign.shards(storage.equals("s3") ? "missing" : "incomplete")).contains(dying);
    buildTwiceAtOnce(campaign, unfinished.get(1));
    SortedMap<String, String> committed = campaign.committedFiles();

    CommandLineRun rest = campaign.run();
    assertThat(rest.exitCode()).as(rest.err()).isZero();
    assertThat(rest.out()).contains(SHARDS + " of " + SHARDS + " shards finished");
    assertThat(campaign.shards("succeeded")).hasSize(SHARDS);
    assertThat(campaign.status("full").exitCode()).as("divergent or unfinished").isZero();
    SortedMap<String, String> finished = campaign.committedFiles();
    assertThat(finished).containsAllEntriesOf(committed);

    CommandLineRun second = campaign.run();
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.out()).contains("12 of 12 shards finished, 0 built now, 12 done before");
    assertThat(campaign.committedFiles()).isEqualTo(finished);

    tamperWith(campaign, finished.keySet());
  }

  /** Some shards are committed by then, others in work. */
  private static void killTheDriver(AcceptedCampaign campaign, Path log) throws Exception {
    try (JavaProcess driver = start(RolloutCli.class, campaign.runArguments(), log)) {
      driver.await("a commit and shards in work", MOST, campaign::isHalfWay);
    }
  }

  private static void dieBeforeCommit(AcceptedCampaign campaign, String shard, Path log)
      throws Exception {
    Object[] arguments = {campaign.configFile(), campaign.manifest(), campaign.finalRoot(), shard};
    try (JavaProcess attempt = start(DyingAttempt.class, arguments, log)) {
      assertThat(attempt.exitCode(MOST)).as(attempt.text()).isEqualTo(DyingAttempt.KILLED);
    }
  }

  /** The second attempt does all of its work after the first one has sealed its store. */
  private static void buildTwiceAtOnce(AcceptedCampaign campaign, String shard) throws IOException {
    RolloutShardEntry entry = campaign.entry(shard);
    ShardRunRequest request = campaign.request();
    List<RolloutShardRunResult> second = new ArrayList<>();
    RolloutShardRunResult first =
        HookedRunners.of(
                request,
                io ->
                    new HookedStoreIO(
                        io,
                        OwnerSidecar.FILE_NAME,
                        () ->
                            second.add(
                                ShardRunner.of(request).run(entry, 2, "second", () -> false))))
            .run(entry, 1, "first", () -> false);
    assertThat(second)
        .extracting(RolloutShardRunResult::outcome)
        .containsExactly(AttemptOutcome.COMMITTED);
    assertThat(first.outcome()).isEqualTo(AttemptOutcome.LOST_RACE);
  }

  private static void tamperWith(AcceptedCampaign campaign, Set<String> files) throws IOException {
    String chosen =
        files.stream()
            .filter(path -> path.matches(".*(target_rri/c/0|store\\.zarr\\.zip)"))
            .findFirst()
            .orElseThrow();
    campaign.flipByte(chosen);
    SortedMap<String, String> flipped = campaign.committedFiles();
    CommandLineRun status = campaign.status("files");
    assertThat(status.exitCode()).isEqualTo(2);
    assertThat(campaign.shards("incomplete")).containsExactly(chosen.substring(0, 12));
    assertThat(status.out()).containsOnlyOnce("\"file_hash_mismatch\"");
    CommandLineRun again = campaign.run();
    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(campaign.committedFiles()).isEqualTo(flipped);
  }

  private static JavaProcess start(Class<?> main, Object[] arguments, Path log) throws IOException {
    List<String> command = new ArrayList<>(servers.jvmOptions());
    command.add(main.getName());
    Stream.of(arguments).map(String::valueOf).forEach(command::add);
    return JavaProcess.start(System.getProperty("java.class.path"), Map.of(), log, command);
  }
}
