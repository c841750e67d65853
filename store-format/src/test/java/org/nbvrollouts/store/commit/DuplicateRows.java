package org.nbvrollouts.store.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.nbvrollouts.store.commit.MatrixCampaign.ENTRY;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.commit.RolloutShardRunResult.Finished;
import org.nbvrollouts.store.commit.RolloutShardRunResult.Unfinished;
import org.nbvrollouts.store.io.FaultPlan;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.status.RolloutShardStatus;
import org.nbvrollouts.store.status.ShardState;

/** Two attempts of one shard, or two drivers of one campaign, live at once. */
interface DuplicateRows extends MatrixRows {

  @Test
  default void row11ASecondRenameIsRefusedAndTheLoserFinishesTheCommit() throws IOException {
    assumeTrue(campaign().isRenaming(), "a pointer renames nothing");
    RolloutShardRunResult loser =
        campaign()
            .whileBuilding("data", () -> campaign().crash(FaultPlan.Kind.CRASH_AFTER, "publish "));
    assertThat(loser.outcome()).isEqualTo(AttemptOutcome.LOST_RACE);
    assertThat(((Finished) loser).divergent()).isFalse();
    assertThat(campaign().harness().verify(ENTRY).isCurrent()).isTrue();
    assertThat(campaign().attemptFolders()).doesNotContain(loser.attemptId());
  }

  @Test
  default void row12ASecondMarkerIsRefused() throws IOException {
    RolloutShardRunResult loser =
        campaign()
            .whileBuilding(
                "data",
                () ->
                    assertThat(campaign().harness().run(ENTRY).outcome())
                        .isEqualTo(AttemptOutcome.COMMITTED));
    assertThat(loser.outcome()).isEqualTo(AttemptOutcome.LOST_RACE);
    assertThat(campaign().attemptFolders()).doesNotContain(loser.attemptId());
    assertThat(campaign().harness().verify(ENTRY).isCurrent()).isTrue();
  }

  @Test
  default void row13AndRow36DifferentDataOfADuplicateIsReported() throws IOException {
    Finished loser =
        (Finished) campaign().whileBuilding("flipped", () -> campaign().harness().run(ENTRY));
    assertThat(loser.outcome()).isEqualTo(AttemptOutcome.LOST_RACE);
    assertThat(loser.divergent()).isTrue();
    RolloutShardStatus status = campaign().assertStatus(ShardState.SUCCEEDED, 0);
    StoreLocation file =
        campaign()
            .harness()
            .layout()
            .finalRoot()
            .child("_DIVERGENT.shard-000007." + loser.attemptId() + ".json");
    assertThat(status.divergentReports()).containsExactly(file.text());
    Map<String, Object> report = JsonParser.parseObject(campaign().read(file), "report");
    assertThat(report.get("attempt_data_sha256")).isNotEqualTo(report.get("committed_data_sha256"));
    assertThat(report).containsEntry("committed_data_sha256", status.committed().dataSha256());
  }

  @Test
  default void row14ALoserReportsTheWinnerThatDiedAfterItsCommit() throws IOException {
    RolloutShardRunResult loser =
        campaign()
            .whileBuilding(
                "data", () -> campaign().crash(FaultPlan.Kind.CRASH_AFTER, "createIfAbsent "));
    assertThat(loser.outcome()).isEqualTo(AttemptOutcome.LOST_RACE);
    assertThat(campaign().harness().verify(ENTRY).isCurrent()).isTrue();
  }

  @Test
  default void row15AnAttemptPastItsDeadlineDoesNotPublish() throws IOException {
    Unfinished result =
        (Unfinished)
            campaign()
                .whileBuilding(
                    "data",
                    () ->
                        campaign()
                            .harness()
                            .passTime(CommitHarness.DEADLINE.plus(Duration.ofMillis(1))));
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.TIMED_OUT);
    assertThat(result.failure().error())
        .contains("past its deadline", "deadline_ms=3600000, elapsed_ms=3600001");
    assertThat(campaign().harness().isMarked(ENTRY)).isFalse();
    campaign().assertStatus(ShardState.FAILED, 0);
    campaign().assertCommits();
  }

  @Test
  default void row15ACommitThatRacedWithItsCollectionIsReportedAndNeverBelieved() {
    assumeFalse(campaign().isRenaming(), "a renamed store is no attempt any more");
    FaultPlan plan =
        FaultPlan.atFirst(
            FaultPlan.Kind.DELAY_BEFORE, "createIfAbsent ", () -> deleteDataOfAttempts());
    campaign().harness().run(ENTRY, plan);
    assertThat(plan.fired()).isPresent();
    RolloutShardStatus status = campaign().assertStatus(ShardState.INCOMPLETE);
    assertThat(status.findings())
        .extracting(ShardFinding::reason)
        .contains(ShardReason.FILE_MISSING);
    campaign().assertRefused(ShardReason.FILE_MISSING);
  }

  private void deleteDataOfAttempts() {
    try {
      for (String id : campaign().attemptFolders()) {
        campaign().io().delete(campaign().finalDirectory().child(id + "/store/zarr.json"));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  default void row19TwoDriversHearOfEachOther() throws IOException {
    List<String> heard = new ArrayList<>();
    try (CampaignLock first = lock("first", heard)) {
      lock("second", heard).close();
      assertThat(heard).hasSize(1).allMatch(line -> line.contains("host=host-of-first"));
      first.beat();
    }
    StoreLocation file = campaign().harness().layout().finalRoot().child(CampaignRoot.LOCK_NAME);
    assertThat(campaign().io().read(file)).isEmpty();
  }

  private CampaignLock lock(String id, List<String> heard) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    return new CampaignLock(
        campaign().io(),
        campaign().harness().layout(),
        new CampaignLock.Driver("campaign-1", id, "host-of-" + id, now),
        Clock.fixed(now, ZoneOffset.UTC),
        heard::add);
  }
}
