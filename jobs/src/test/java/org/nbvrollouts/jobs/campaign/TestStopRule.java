package org.nbvrollouts.jobs.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.config.RunSettings;
import org.nbvrollouts.store.commit.AttemptOutcome;

class TestStopRule {
  private static final long MINUTE = 60_000_000_000L;

  private static final Supplier<OptionalLong> NO_ANSWER = OptionalLong::empty;

  private static RunSettings settings(String lines) {
    return new CampaignConfig.Text("test.toml", "[run]\n" + lines).parse().run();
  }

  @Test
  void failedShardsStopARun() {
    StopRule rule = new StopRule(settings("max_failed_shards = 2"), NO_ANSWER, 0);
    rule.add(Results.failed("shard-000000"));
    assertThat(rule.reason(0)).isEmpty();
    rule.add(Results.failed("shard-000001"));
    assertThat(rule.reason(0)).hasValue("limit of failed shards reached (max_failed_shards=2)");
  }

  @Test
  void onlyShardsOfThisRunCountAsNew() {
    StopRule rule = new StopRule(settings("max_new_shards = 2"), NO_ANSWER, 0);
    rule.add(Results.finished("shard-000000", AttemptOutcome.SKIPPED_CURRENT, 1));
    assertThat(rule.room(1)).isEqualTo(1);
    rule.add(Results.finished("shard-000001", AttemptOutcome.COMMITTED, 1));
    rule.add(Results.finished("shard-000002", AttemptOutcome.COMMITTED, 1));
    assertThat(rule.room(0)).isZero();
    assertThat(rule.reason(0)).hasValue("limit of new shards reached (max_new_shards=2)");
  }

  @Test
  void timeStopsARun() {
    StopRule rule = new StopRule(settings("stop_after_minutes = 1.5"), NO_ANSWER, 0);
    assertThat(rule.reason(MINUTE)).isEmpty();
    assertThat(rule.reason(2 * MINUTE)).hasValue("time is up (stop_after_minutes=1.5)");
  }

  @Test
  void aCauseThatHitsAlmostEveryShardStopsARun() {
    StopRule rule =
        new StopRule(
            settings("max_failed_shards = 1000\nmax_consecutive_failures = 1000"), NO_ANSWER, 0);
    rule.add(Results.finished("shard-000000", AttemptOutcome.COMMITTED, 1));
    for (int i = 1; i < 10; i++) {
      assertThat(rule.reason(0)).isEmpty();
      rule.add(Results.failed("shard-00000" + i));
    }
    assertThat(rule.reason(0))
        .hasValue(
            "most attempts fail for the same cause (failure_kind=storage_error, failed=9,"
                + " ended=10)");
  }

  @Test
  void failuresInARowStopARunAndASuccessBetweenThemDoesNot() {
    StopRule rule =
        new StopRule(
            settings("max_failed_shards = 1000\nmax_consecutive_failures = 3"), NO_ANSWER, 0);
    rule.add(Results.failed("shard-000000"));
    rule.add(Results.failed("shard-000001"));
    rule.add(Results.finished("shard-000002", AttemptOutcome.COMMITTED, 1));
    rule.add(Results.failed("shard-000003"));
    rule.add(Results.failed("shard-000004"));
    assertThat(rule.reason(0)).isEmpty();
    rule.add(Results.failed("shard-000005"));
    assertThat(rule.reason(0))
        .hasValue("one attempt after the other fails (max_consecutive_failures=3)");
  }

  @Test
  void aFullDiskStopsARunAndAStorageThatDoesNotSayDoesNot() {
    long[] free = {5L << 30};
    StopRule rule =
        new StopRule(settings("keep_free_gib = 2.5"), () -> OptionalLong.of(free[0]), 0);
    assertThat(rule.reason(0)).isEmpty();
    free[0] = 1L << 30;
    assertThat(rule.reason(0))
        .hasValue("too little space is left (keep_free_gib=2.5, free_gib=1.0)");
    assertThat(new StopRule(settings("keep_free_gib = 2.5"), NO_ANSWER, 0).reason(0)).isEmpty();
  }

  @Test
  void cancelledAttemptsAreNoFailures() {
    StopRule rule = new StopRule(settings("max_failed_shards = 1"), NO_ANSWER, 0);
    rule.add(Results.cancelled("shard-000000"));
    assertThat(rule.reason(0)).isEmpty();
  }
}
