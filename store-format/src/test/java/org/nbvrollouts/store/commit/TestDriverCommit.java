package org.nbvrollouts.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nbvrollouts.store.commit.RolloutShardRunResult.Finished;
import org.nbvrollouts.store.commit.RolloutShardRunResult.Sealed;
import org.nbvrollouts.store.commit.RolloutShardRunResult.Unfinished;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.FaultPlan;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.RolloutShardEntry;

/** Attempts seal and the driver commits, on storage that cannot refuse a taken name. */
class TestDriverCommit {
  private static final RolloutShardEntry ENTRY = CommitHarness.entry();

  @TempDir private Path folder;
  private CommitHarness harness;

  @BeforeEach
  void newCampaign() {
    CommitPolicy usual = CommitPolicy.DEFAULT;
    harness =
        new CommitHarness(
                StoreLocation.of(folder.resolve("final")),
                new NoConditionIO(new LocalStoreIO(Durability.BUFFERED)),
                new PointerPublisher(Durability.BUFFERED))
            .withPolicy(
                new CommitPolicy(
                    usual.verifyLevel(),
                    usual.rollForward(),
                    usual.emptyShards(),
                    3,
                    3,
                    usual.firstPause(),
                    CommitPolicy.CommittedBy.DRIVER));
  }

  @Test
  void anAttemptSealsAndOnlyTheDriverCommits() throws IOException {
    ShardAttempt attempt = harness.attempt(ENTRY);
    Sealed sealed = seal(attempt, "data");
    assertThat(sealed.outcome()).isEqualTo(AttemptOutcome.SEALED);
    assertThat(harness.isMarked(ENTRY)).isFalse();

    Finished done = (Finished) commit(attempt, sealed, FaultPlan.none());
    assertThat(done.outcome()).isEqualTo(AttemptOutcome.COMMITTED);
    assertThat(done.committedAttemptId()).isEqualTo(attempt.attemptId());
    assertThat(harness.verify(ENTRY).findings()).isEmpty();
    assertThat(harness.verify(ENTRY).isCurrent()).isTrue();
    assertThat(harness.run(ENTRY).outcome()).isEqualTo(AttemptOutcome.SKIPPED_CURRENT);
  }

  @Test
  void ofTwoSealedAttemptsTheSecondLosesAndIsRemoved() throws IOException {
    ShardAttempt first = harness.attempt(ENTRY);
    ShardAttempt second = harness.attempt(ENTRY);
    Sealed firstSeal = seal(first, "data");
    Sealed secondSeal = seal(second, "data");
    commit(first, firstSeal, FaultPlan.none());
    Finished lost = (Finished) commit(second, secondSeal, FaultPlan.none());
    assertThat(lost.outcome()).isEqualTo(AttemptOutcome.LOST_RACE);
    assertThat(lost.divergent()).isFalse();
    assertThat(lost.committedAttemptId()).isEqualTo(first.attemptId());
    assertThat(harness.io().list(attemptFolder(second)).entries()).isEmpty();
    // A message that arrives twice commits nothing twice.
    assertThat(commit(first, firstSeal, FaultPlan.none()).outcome())
        .isEqualTo(AttemptOutcome.COMMITTED);
  }

  @Test
  void aSealedAttemptWithOtherDataIsReported() {
    ShardAttempt first = harness.attempt(ENTRY);
    ShardAttempt second = harness.attempt(ENTRY);
    Sealed secondSeal = seal(second, "flipped");
    commit(first, seal(first, "data"), FaultPlan.none());
    assertThat(((Finished) commit(second, secondSeal, FaultPlan.none())).divergent()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"FAIL_BEFORE", "FAIL_AFTER"})
  void aLostReplyIsSettledByReadingBack(FaultPlan.Kind kind) {
    ShardAttempt attempt = harness.attempt(ENTRY);
    Sealed sealed = seal(attempt, "data");
    for (String operation : new String[] {"createIfAbsent ", "_SUCCESS.json"}) {
      FaultPlan plan = FaultPlan.atFirst(kind, operation);
      assertThat(commit(attempt, sealed, plan).outcome()).isEqualTo(AttemptOutcome.COMMITTED);
    }
    assertThat(harness.verify(ENTRY).isCurrent()).isTrue();
  }

  @Test
  void whatChangedSinceItWasSealedIsNotCommitted() throws IOException {
    ShardAttempt attempt = harness.attempt(ENTRY);
    Sealed sealed = seal(attempt, "data");
    harness.io().delete(attemptFolder(attempt).child("store/_owner.json"));
    Unfinished result = (Unfinished) commit(attempt, sealed, FaultPlan.none());
    assertThat(result.failure().kind()).isEqualTo(FailureKind.STORAGE_ERROR);
    assertThat(result.failure().error())
        .startsWith("Cannot commit shard: its sealed store is gone or changed (shard=shard-000007");
    assertThat(harness.isMarked(ENTRY)).isFalse();
  }

  @Test
  void whatCollectionMayHaveTakenIsNotCommitted() throws IOException {
    ShardAttempt attempt = harness.attempt(ENTRY);
    Sealed sealed = seal(attempt, "data");
    RolloutShardRunResult result =
        harness
            .committer()
            .commit(ENTRY, attempt, sealed, CommitHarness.DEADLINE.multipliedBy(2).plusMillis(1));
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.TIMED_OUT);
    assertThat(harness.isMarked(ENTRY)).isFalse();
  }

  @Test
  void anAttemptThatIsPastItsDeadlineIsNotSealed() {
    RolloutShardRunResult result =
        harness
            .committer()
            .run(
                ENTRY,
                harness.attempt(ENTRY),
                store -> {
                  harness.passTime(CommitHarness.DEADLINE.plusMillis(1));
                  return harness.builder(ENTRY, FaultPlan.none(), "data").build(store);
                });
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.TIMED_OUT);
  }

  @Test
  void aDriverThatDiedBeforeItCommittedLeavesWorkForTheNextOne() throws IOException {
    seal(harness.attempt(ENTRY), "data");
    assertThat(harness.verify(ENTRY).presence()).isEqualTo(ShardEvidence.Presence.ATTEMPTS_ONLY);
    ShardAttempt next = harness.attempt(ENTRY);
    assertThat(commit(next, seal(next, "data"), FaultPlan.none()).outcome())
        .isEqualTo(AttemptOutcome.COMMITTED);
  }

  private Sealed seal(ShardAttempt attempt, String data) {
    return (Sealed)
        harness.committer().run(ENTRY, attempt, harness.builder(ENTRY, FaultPlan.none(), data));
  }

  private RolloutShardRunResult commit(ShardAttempt attempt, Sealed sealed, FaultPlan plan) {
    return harness.committer(plan).commit(ENTRY, attempt, sealed, Duration.ofSeconds(1));
  }

  private StoreLocation attemptFolder(ShardAttempt attempt) {
    return harness.layout().finalDirectory(ENTRY.shardId()).child(attempt.attemptId());
  }
}
