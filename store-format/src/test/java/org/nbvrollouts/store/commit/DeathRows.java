package org.nbvrollouts.store.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.nbvrollouts.store.commit.MatrixCampaign.DATA;
import static org.nbvrollouts.store.commit.MatrixCampaign.ENTRY;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nbvrollouts.store.commit.RolloutShardRunResult.Finished;
import org.nbvrollouts.store.commit.RolloutShardRunResult.Unfinished;
import org.nbvrollouts.store.io.FaultPlan;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.status.RolloutShardStatus;
import org.nbvrollouts.store.status.ShardState;

/** A process dies, or the answer to its commit is lost. */
interface DeathRows extends MatrixRows {

  @Test
  default void row1DeathBeforeTheAttemptStartedLeavesNothing() {
    campaign().crash(FaultPlan.Kind.CRASH_BEFORE, "_started.json");
    campaign().assertStatus(ShardState.MISSING, 0);
    campaign().assertCommits();
  }

  @Test
  default void row2DeathAfterTheAttemptStartedIsVisible() {
    campaign().crash(FaultPlan.Kind.CRASH_AFTER, "_started.json");
    campaign().assertStatus(ShardState.MISSING, 1);
    campaign().assertCommits();
  }

  @Test
  default void row3DeathWhileGeneratingLeavesAPrivatePart() {
    campaign().crash(FaultPlan.Kind.CRASH_AFTER, "store/zarr.json");
    campaign().assertStatus(ShardState.MISSING, 1);
    campaign().assertCommits();
  }

  @Test
  default void row4DeathBeforeTheOwnerLeavesAStoreThatIsNotAdopted() {
    campaign().crash(FaultPlan.Kind.CRASH_BEFORE, "store/_owner.json");
    campaign().assertStatus(ShardState.MISSING, 1);
    Finished done = campaign().assertCommits();
    assertThat(done.committedAttemptId()).isEqualTo(done.attemptId());
  }

  @Test
  default void row5DeathBeforePublishingLeavesASealedAttempt() {
    campaign().crash(FaultPlan.Kind.CRASH_BEFORE, "publish ");
    campaign().assertStatus(ShardState.MISSING, 1);
    Finished done = campaign().assertCommits();
    assertThat(done.committedAttemptId()).isEqualTo(done.attemptId());
  }

  @Test
  default void row6DeathBetweenPublishAndCommitIsRolledForward() throws IOException {
    assumeTrue(campaign().isRenaming(), "a pointer publishes nothing");
    campaign().crash(FaultPlan.Kind.CRASH_AFTER, "publish ");
    RolloutShardStatus status = campaign().assertStatus(ShardState.INCOMPLETE, 1);
    assertThat(status.findings())
        .extracting(ShardFinding::reason)
        .containsExactly(ShardReason.NO_MARKER);
    assertThat(status.findings().get(0).detail()).endsWith(SuccessSidecar.FILE_NAME);
    byte[] data = campaign().read(campaign().finalDirectory().child(DATA));

    Finished done = campaign().assertCommits();
    assertThat(done.committedAttemptId()).isNotEqualTo(done.attemptId());
    assertThat(campaign().read(campaign().finalDirectory().child(DATA))).isEqualTo(data);
  }

  @Test
  default void row6WithoutRollForwardWaitsForAnOperator() {
    assumeTrue(campaign().isRenaming(), "a pointer publishes nothing");
    campaign().harness().withPolicy(MatrixCampaign.rollForward(CommitPolicy.RollForward.OFF));
    campaign().crash(FaultPlan.Kind.CRASH_AFTER, "publish ");
    campaign().assertRefused(ShardReason.NO_MARKER);
  }

  @Test
  default void row6WithABrokenSealIsLeftToAnOperator() throws IOException {
    assumeTrue(campaign().isRenaming(), "a pointer publishes nothing");
    campaign().crash(FaultPlan.Kind.CRASH_AFTER, "publish ");
    campaign().write(campaign().finalDirectory().child("zarr.json"), "[]");
    campaign().assertRefused(ShardReason.FILE_HASH_MISMATCH);
    assertThat(campaign().harness().isMarked(ENTRY)).isFalse();
  }

  @Test
  default void row6sDeathBehindTheLastFileOfAPointerLeavesAPrivateAttempt() {
    assumeFalse(campaign().isRenaming(), "a rename publishes");
    campaign().crash(FaultPlan.Kind.CRASH_AFTER, "publish ");
    campaign().assertStatus(ShardState.MISSING, 1);
    Finished done = campaign().assertCommits();
    assertThat(done.committedAttemptId()).isEqualTo(done.attemptId());
    assertThat(done.storePath()).isEqualTo(done.attemptId() + "/store");
    assertThat(done.ownerPath())
        .isEqualTo(done.finalDir() + "/" + done.storePath() + "/_owner.json");
    campaign().assertStatus(ShardState.SUCCEEDED, 1);
  }

  @Test
  default void row7DeathBeforeTheMarkerIsRolledForwardOrBuiltAgain() {
    campaign().crash(FaultPlan.Kind.CRASH_BEFORE, "createIfAbsent ");
    campaign()
        .assertStatus(campaign().isRenaming() ? ShardState.INCOMPLETE : ShardState.MISSING, 1);
    Finished done = campaign().assertCommits();
    assertThat(done.committedAttemptId().equals(done.attemptId()))
        .isEqualTo(!campaign().isRenaming());
  }

  @Test
  default void row8DeathAfterTheMarkerIsACommit() {
    campaign().crash(FaultPlan.Kind.CRASH_AFTER, "createIfAbsent ");
    campaign().assertStatus(ShardState.SUCCEEDED, 0);
    assertThat(campaign().harness().run(ENTRY).outcome()).isEqualTo(AttemptOutcome.SKIPPED_CURRENT);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAIL_AFTER", "FAIL_BEFORE"})
  default void row9AndRow10ALostAnswerIsSettledByReadingBack(FaultPlan.Kind kind) {
    FaultPlan plan = FaultPlan.atFirst(kind, "createIfAbsent ");
    RolloutShardRunResult result = campaign().harness().run(ENTRY, plan);
    assertThat(plan.fired()).isPresent();
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.COMMITTED);
    assertThat(((Finished) result).committedAttemptId()).isEqualTo(result.attemptId());
    assertThat(campaign().harness().verify(ENTRY).isCurrent()).isTrue();
  }

  @Test
  default void row10AStorageThatNeverAnswersLosesNothing() throws IOException {
    CommitHarness harness = campaign().harness();
    ShardAttempt attempt = harness.attempt(ENTRY);
    ShardCommitter committer = harness.committer();
    ShardCommitter silent =
        new ShardCommitter(
            committer.layout(),
            new SilentMarkerIO(harness.io()),
            committer.publisher(),
            committer.inspection(),
            committer.policy(),
            committer.clock());
    Unfinished result =
        (Unfinished) silent.run(ENTRY, attempt, harness.builder(ENTRY, FaultPlan.none(), "data"));
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.FAILED);
    assertThat(result.failure().kind()).isEqualTo(FailureKind.COMMIT_UNKNOWN);
    assertThat(result.failure().kind().isRetriable()).isTrue();
    assertThat(result.failure().error())
        .startsWith(
            "Cannot commit shard: the storage does not say whether the marker exists"
                + " (shard=shard-000007, attempt="
                + attempt.attemptId());
    String sealed =
        campaign().isRenaming() ? "_owner.json" : attempt.attemptId() + "/store/_owner.json";
    assertThat(campaign().io().read(campaign().finalDirectory().child(sealed))).isPresent();
    campaign().assertCommits();
  }

  @Test
  default void aShardThatKilledThreeAttemptsIsQuarantined() {
    for (int i = 0; i < 3; i++) {
      campaign().crash(FaultPlan.Kind.CRASH_AFTER, "store/zarr.json");
    }
    Unfinished result = (Unfinished) campaign().harness().run(ENTRY);
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.QUARANTINED);
    assertThat(result.failure().error())
        .startsWith("Cannot build shard: 3 earlier attempts vanished (shard=shard-000007, ");
    campaign().assertStatus(ShardState.MISSING, 3);
  }
}
