package org.nbvrollouts.store.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nbvrollouts.store.commit.MatrixCampaign.ENTRY;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.commit.RolloutShardRunResult.Unfinished;
import org.nbvrollouts.store.io.FaultPlan;
import org.nbvrollouts.store.io.SimulatedCrash;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.SourceOutcome;
import org.nbvrollouts.store.status.RolloutShardStatus;
import org.nbvrollouts.store.status.ShardState;

/** Storage, clock, generation or the scheduler give trouble. */
interface TroubleRows extends MatrixRows {

  @Test
  default void row28AFullDiskIsNamedAndLeavesAMarker() throws IOException {
    Unfinished result =
        campaign()
            .failing(
                () -> {
                  throw new IOException("steps/c/0: No space left on device");
                });
    assertThat(result.failure().kind()).isEqualTo(FailureKind.DISK_FULL);
    assertThat(result.failure().error()).isEqualTo("steps/c/0: No space left on device");
    RolloutShardStatus status = campaign().assertStatus(ShardState.FAILED, 0);
    assertThat(status.failedMarkers()).hasSize(1);
    assertThat(campaign().attemptFolders()).isEmpty();
    campaign().assertCommits();
  }

  @Test
  default void row29AMarkerThatCannotBeWrittenDoesNotHideTheCause() {
    FaultPlan plan = FaultPlan.atFirst(FaultPlan.Kind.FAIL_BEFORE, "_FAILED.");
    Unfinished result =
        (Unfinished)
            campaign()
                .harness()
                .committer(plan)
                .run(
                    ENTRY,
                    campaign().harness().attempt(ENTRY),
                    store -> {
                      throw new IllegalStateException("the cause");
                    });
    assertThat(plan.fired()).isPresent();
    assertThat(result.failure().kind()).isEqualTo(FailureKind.GENERATION_ERROR);
    assertThat(result.failure().error()).isEqualTo("the cause");
    assertThat(result.failure().errorType()).isEqualTo("java.lang.IllegalStateException");
    assertThat(result.failure().stage()).isEqualTo("S3");
    campaign().assertStatus(ShardState.MISSING, 0);
  }

  @Test
  default void row31AnEmptyFinalDirectoryIsTreatedAsAbsentUnlessRollForwardIsOff()
      throws IOException {
    campaign().storage().makeEmptyFolder(campaign().finalDirectory());
    RolloutShardStatus status = campaign().assertStatus(ShardState.INCOMPLETE, 0);
    assertThat(status.findings())
        .extracting(ShardFinding::reason)
        .containsExactly(ShardReason.EMPTY_FINAL);
    campaign().harness().withPolicy(MatrixCampaign.rollForward(CommitPolicy.RollForward.OFF));
    campaign().assertRefused(ShardReason.EMPTY_FINAL);
    campaign().harness().withPolicy(CommitPolicy.DEFAULT);
    campaign().assertCommits();
  }

  @Test
  default void row32WrongClocksOfHostsChangeNothing() {
    campaign().harness().setNow(Instant.parse("2099-12-31T23:59:59Z"));
    campaign().crash(FaultPlan.Kind.CRASH_AFTER, "store/zarr.json");
    campaign().harness().setNow(Instant.parse("1999-01-01T00:00:00Z"));
    campaign().assertStatus(ShardState.MISSING, 1);
    campaign().assertCommits();
    campaign().harness().setNow(Instant.parse("2150-01-01T00:00:00Z"));
    assertThat(campaign().harness().run(ENTRY).outcome()).isEqualTo(AttemptOutcome.SKIPPED_CURRENT);
  }

  @Test
  default void row33AStorageThatDoesNotAnswerIsNotAMissingShard() {
    campaign().assertCommits();
    FaultPlan plan = FaultPlan.atFirst(FaultPlan.Kind.FAIL_BEFORE, "list ");
    Unfinished result = (Unfinished) campaign().harness().run(ENTRY, plan);
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.FAILED);
    assertThat(result.failure().kind()).isEqualTo(FailureKind.STORAGE_ERROR);
    assertThat(result.findings())
        .extracting(ShardFinding::reason)
        .containsExactly(ShardReason.STORAGE_ERROR);
    RolloutShardStatus status =
        campaign().status(FaultPlan.atFirst(FaultPlan.Kind.FAIL_BEFORE, "list "));
    assertThat(status.state()).isEqualTo(ShardState.INCOMPLETE);
    assertThat(status.findings())
        .extracting(ShardFinding::reason)
        .containsExactly(ShardReason.STORAGE_ERROR);
  }

  @Test
  default void row33AndRow34ARefusedPublishIsAFailureThatMayPass() {
    FaultPlan plan = FaultPlan.atFirst(FaultPlan.Kind.FAIL_BEFORE, "publish ");
    Unfinished result = (Unfinished) campaign().harness().run(ENTRY, plan);
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.FAILED);
    assertThat(result.failure().kind()).isEqualTo(FailureKind.STORAGE_ERROR);
    assertThat(result.failure().kind().isRetriable()).isTrue();
    campaign().assertStatus(ShardState.FAILED, 0);
    campaign().assertCommits();
  }

  @Test
  default void anInvalidStoreIsNotCommitted() {
    Unfinished result = (Unfinished) campaign().running("invalid");
    assertThat(result.failure().kind()).isEqualTo(FailureKind.VALIDATION_FAILED);
    assertThat(result.failure().error())
        .startsWith(
            "Cannot commit shard: the written store is invalid, it breaks 1 rule(s): check 12:"
                + " step_index (shard=shard-000007, attempt=");
    assertThat(result.failure().stage()).isEqualTo("S4");
    campaign().assertStatus(ShardState.FAILED, 0);
  }

  @Test
  default void anEmptyShardIsCommittedOnlyIfAllowed() {
    CommitPolicy strict =
        new CommitPolicy(
            VerifyLevel.FILES,
            CommitPolicy.RollForward.ON,
            CommitPolicy.EmptyShards.REFUSED,
            3,
            3,
            Duration.ofMillis(1),
            CommitPolicy.CommittedBy.ATTEMPT);
    campaign().harness().withPolicy(strict);
    Unfinished refused = (Unfinished) campaign().running("empty");
    assertThat(refused.outcome()).isEqualTo(AttemptOutcome.INSUFFICIENT_SUPPORT);
    assertThat(refused.failure().kind()).isEqualTo(FailureKind.NO_RECORDS);
    campaign().harness().withPolicy(CommitPolicy.DEFAULT);
    assertThat(campaign().running("empty").outcome()).isEqualTo(AttemptOutcome.COMMITTED);
  }

  @Test
  default void aCancelledAttemptLeavesNoMarkerAndNoFiles() {
    Unfinished result =
        campaign()
            .failing(
                () -> {
                  throw new CancellationException("stop");
                });
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.CANCELLED);
    RolloutShardStatus status = campaign().assertStatus(ShardState.MISSING, 0);
    assertThat(status.failedMarkers()).isEmpty();
  }

  @Test
  default void aStopBeforePublishingLeavesNoMarkerAndNoFiles() throws IOException {
    AtomicBoolean stop = new AtomicBoolean();
    CommitHarness harness = campaign().harness();
    ShardBuilder builder = harness.builder(ENTRY, FaultPlan.none(), "data");
    RolloutShardRunResult result =
        harness
            .committer()
            .run(
                ENTRY,
                harness.attempt(ENTRY),
                store -> {
                  BuiltShard built = builder.build(store);
                  stop.set(true);
                  return built;
                },
                stop::get);
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.CANCELLED);
    assertThat(harness.isMarked(ENTRY)).isFalse();
    assertThat(harness.io().listTree(harness.layout().finalRoot())).isEmpty();
    assertThat(harness.run(ENTRY).outcome()).isEqualTo(AttemptOutcome.COMMITTED);
  }

  @Test
  default void anInterruptedAttemptStillCleansUpAndStaysInterrupted() {
    Unfinished result =
        campaign()
            .failing(
                () -> {
                  Thread.currentThread().interrupt();
                  throw new java.nio.channels.ClosedByInterruptException();
                });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.CANCELLED);
    campaign().assertStatus(ShardState.MISSING, 0);
  }

  @Test
  default void failuresOfOneSecondKeepTheirOwnMarkers() {
    for (int i = 0; i < 4; i++) {
      campaign()
          .failing(
              () -> {
                throw new IllegalStateException("again");
              });
    }
    assertThat(campaign().assertStatus(ShardState.FAILED, 0).failedMarkers())
        .hasSize(4)
        .doesNotHaveDuplicates();
  }

  @Test
  default void outcomesOfRowsReachTheOwnerWithTheirSeals() {
    campaign().assertCommits();
    assertThat(campaign().harness().verify(ENTRY).owner().orElseThrow().sourceOutcomes())
        .hasSize(2)
        .extracting(SourceOutcome::rowDataSha256)
        .allMatch(seal -> seal.length() == 64);
  }

  @Test
  default void anErrorOfTheJvmIsNotSwallowed() {
    assertThatThrownBy(
            () -> campaign().harness().run(ENTRY, FaultPlan.at(FaultPlan.Kind.CRASH_BEFORE, 1)))
        .isInstanceOf(SimulatedCrash.class)
        .hasMessageStartingWith("stopped at list ");
  }
}
