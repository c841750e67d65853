package org.nbvrollouts.jobs.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/**
 * Drivers as processes: two of one campaign at once, and one that is asked to end. Not part of a
 * usual build:
 *
 * <pre>
 * mvn test -pl jobs -am -Dserver.tests.long=true -Dtest=ITDrivers -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
@EnabledIfSystemProperty(named = "server.tests.long", matches = "true")
class ITDrivers {
  private static final int SHARDS = 12;
  private static final Duration MOST = Duration.ofMinutes(5);
  private static final Duration DRAIN = Duration.ofSeconds(60);

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

  /**
   * The first driver stands still from the moment it has shards in work until the second one has
   * begun, so that they work at the same time on every machine.
   */
  @ParameterizedTest
  @ValueSource(strings = {"local", "s3"})
  void twoDriversFinishOneCampaignTogether(String storage) throws Exception {
    AcceptedCampaign campaign = planned.at(servers.root(storage));
    try (JavaProcess first = start(campaign, folder.resolve(storage + "-first.log"))) {
      first.await("a commit and shards in work", MOST, campaign::isHalfWay);
      first.signal("STOP");
      try (JavaProcess second = start(campaign, folder.resolve(storage + "-second.log"))) {
        second.await(
            "the warning that it is not alone",
            MOST,
            () -> second.text().contains("Another driver runs this campaign"));
        first.signal("CONT");
        assertThat(first.exitCode(MOST)).as(first.text()).isZero();
        assertThat(second.exitCode(MOST)).as(second.text()).isZero();
        assertThat(List.of(first.text(), second.text()))
            .allMatch(text -> text.contains(SHARDS + " of " + SHARDS + " shards finished"))
            .anyMatch(text -> text.contains("Another driver runs this campaign (host="));
      }
    }
    assertThat(campaign.shards("succeeded")).hasSize(SHARDS);
    assertThat(campaign.status("full").exitCode()).as("divergent or unfinished").isZero();
    assertThat(campaign.traces()).as("locks and attempts").isEmpty();
    SortedMap<String, String> finished = campaign.committedFiles();
    CommandLineRun again = campaign.run();
    assertThat(again.out()).contains("12 of 12 shards finished, 0 built now, 12 done before");
    assertThat(campaign.committedFiles()).isEqualTo(finished);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "s3"})
  void aDriverThatIsAskedToEndLeavesWhatIsCommittedAndNothingElse(String storage) throws Exception {
    AcceptedCampaign campaign = planned.at(servers.root(storage).child("asked"));
    try (JavaProcess driver = start(campaign, folder.resolve(storage + "-asked.log"))) {
      driver.await("a commit and shards in work", MOST, campaign::isHalfWay);
      driver.signal("TERM");
      assertThat(driver.exitCode(DRAIN)).as(driver.text()).isEqualTo(2);
      assertThat(driver.text()).contains("Stopping. What is committed stays");
    }
    assertThat(campaign.traces()).as("locks and attempts").isEmpty();
    SortedMap<String, String> committed = campaign.committedFiles();
    assertThat(committed).isNotEmpty();
    CommandLineRun rest = campaign.run();
    assertThat(rest.exitCode()).as(rest.err()).isZero();
    assertThat(rest.out()).contains("12 of 12 shards finished");
    assertThat(campaign.committedFiles()).containsAllEntriesOf(committed);
    assertThat(campaign.status("full").exitCode()).isZero();
  }

  private static JavaProcess start(AcceptedCampaign campaign, Path log) throws IOException {
    List<String> command = new ArrayList<>(servers.jvmOptions());
    command.add(RolloutCli.class.getName());
    Stream.of(campaign.runArguments()).map(String::valueOf).forEach(command::add);
    return JavaProcess.start(System.getProperty("java.class.path"), Map.of(), log, command);
  }
}
