package org.nbvrollouts.jobs.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.jobs.command.CommandLineRun;

/**
 * Storage whose servers are killed under a running campaign and come back. Not part of a usual
 * build:
 *
 * <pre>
 * mvn test -pl jobs -am -Dserver.tests.long=true -Dtest=ITStorageOutage -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
@EnabledIfSystemProperty(named = "server.tests.long", matches = "true")
class ITStorageOutage {
  private static final int SHARDS = 12;
  private static final long OUTAGE_SECONDS = 20;
  private static final long POLL_MS = 50;

  @TempDir private Path folder;

  @Test
  void aRunOutlivesTwentySecondsWithoutS3() throws Exception {
    try (RemoteServers servers = RemoteServers.start(folder)) {
      outlive(servers, "s3", servers.s3()::kill, servers.s3()::start);
    }
  }

  @Test
  void aRunOutlivesTwentySecondsWithoutHdfs() throws Exception {
    try (RemoteServers servers = RemoteServers.start(folder)) {
      outlive(servers, "hdfs", servers.hdfs()::kill, servers.hdfs()::start);
    }
  }

  private void outlive(RemoteServers servers, String storage, Runnable kill, Runnable start)
      throws Exception {
    AcceptedCampaign campaign =
        AcceptedCampaign.plan(folder.resolve("input"), SHARDS).at(servers.root(storage));
    CompletableFuture<CommandLineRun> run = CompletableFuture.supplyAsync(campaign::run);
    while (!campaign.isHalfWay()) {
      assertThat(run).isNotDone();
      Thread.sleep(POLL_MS);
    }
    kill.run();
    TimeUnit.SECONDS.sleep(OUTAGE_SECONDS);
    start.run();
    CommandLineRun ended = run.get();
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("12 of 12 shards finished, 12 built now");
    assertThat(campaign.status("full").exitCode()).isZero();
  }
}
