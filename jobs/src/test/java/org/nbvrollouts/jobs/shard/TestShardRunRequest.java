package org.nbvrollouts.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.commit.ShardAttempt;

class TestShardRunRequest {

  @Test
  void anAttemptNamesItsRun() {
    ShardRunRequest request = ShardRunRequests.ofRun("0a1b2c");
    String attemptId = request.attemptId(17, "ffffff");
    assertThat(attemptId).isEqualTo("a17-0a1b2cffffff").matches(ShardAttempt::isAttemptId);
    assertThat(request.isOfThisRun(attemptId)).isTrue();
    assertThat(ShardRunRequests.ofRun("0a1b2d").isOfThisRun(attemptId)).isFalse();
    assertThat(ShardRunRequests.ofRun("ffffff").isOfThisRun(attemptId)).isFalse();
  }

  @Test
  void runsHaveIdsOfTheirOwn() {
    assertThat(ShardRunner.newRunId()).matches("[0-9a-f]{6}").isNotEqualTo(ShardRunner.newRunId());
  }
}
