package org.nbvrollouts.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.store.commit.CommitPolicy.CommittedBy;
import org.nbvrollouts.store.commit.ShardAttempt;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.StorageOptions;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.zarr.StoreLayout;

class TestShardRunRequest {

  @Test
  void anAttemptNamesItsRun() {
    ShardRunRequest request = request("0a1b2c");
    String attemptId = request.attemptId(17, "ffffff");
    assertThat(attemptId).isEqualTo("a17-0a1b2cffffff").matches(ShardAttempt::isAttemptId);
    assertThat(request.isOfThisRun(attemptId)).isTrue();
    assertThat(request("0a1b2d").isOfThisRun(attemptId)).isFalse();
    assertThat(request("ffffff").isOfThisRun(attemptId)).isFalse();
  }

  @Test
  void runsHaveIdsOfTheirOwn() {
    assertThat(ShardRunner.newRunId()).matches("[0-9a-f]{6}").isNotEqualTo(ShardRunner.newRunId());
  }

  private static ShardRunRequest request(String runId) {
    return new ShardRunRequest(
        "campaign-0123456789abcdef",
        runId,
        new CampaignConfig.Text("smoke.toml", "profile = \"smoke\""),
        new StoreLocation("/final"),
        StoreLayout.DIRECTORY,
        "",
        VerifyLevel.FILES,
        true,
        1000,
        List.of("run"),
        "auto",
        CommittedBy.ATTEMPT,
        StorageOptions.DEFAULT);
  }
}
