package org.nbvrollouts.store.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.commit.RolloutShardRunResult.Finished;
import org.nbvrollouts.store.commit.RolloutShardRunResult.Unfinished;
import org.nbvrollouts.store.io.FaultPlan;
import org.nbvrollouts.store.io.SimulatedCrash;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.ManifestFixtures;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardInputs;
import org.nbvrollouts.store.manifest.SourceOutcome;
import org.nbvrollouts.store.status.CampaignScan;
import org.nbvrollouts.store.status.RolloutShardStatus;
import org.nbvrollouts.store.status.ShardState;
import org.nbvrollouts.store.status.ShardStatusReader;

/** The rows of the failure matrix (specification campaign 9.8), by number, on a local disk. */
class TestFailureMatrix {
  private static final RolloutShardEntry ENTRY = CommitHarness.entry();

  @TempDir private Path folder;
  private CommitHarness harness;
  private Path finalDirectory;

  @BeforeEach
  void newCampaign() {
    harness = new CommitHarness(StoreLocation.of(folder.resolve("final")));
    finalDirectory = folder.resolve("final").resolve(ENTRY.shardId());
  }

  @Test
  void row1DeathBeforeTheAttemptStartedLeavesNothing() {
    crash(FaultPlan.Kind.CRASH_BEFORE, "_started.json");
    assertStatus(ShardState.MISSING, 0);
    assertCommits();
  }

  @Test
  void row2DeathAfterTheAttemptStartedIsVisible() {
    crash(FaultPlan.Kind.CRASH_AFTER, "_started.json");
    assertStatus(ShardState.MISSING, 1);
    assertCommits();
  }

  @Test
  void row3DeathWhileGeneratingLeavesAPrivatePart() {
    crash(FaultPlan.Kind.CRASH_AFTER, "store/zarr.json");
    assertStatus(ShardState.MISSING, 1);
    assertCommits();
  }

  @Test
  void row4DeathBeforeTheOwnerLeavesAStoreThatIsNotAdopted() {
    crash(FaultPlan.Kind.CRASH_BEFORE, "store/_owner.json");
    assertStatus(ShardState.MISSING, 1);
    Finished done = assertCommits();
    assertThat(done.committedAttemptId()).isEqualTo(done.attemptId());
  }

  @Test
  void row5DeathBeforePublishingLeavesASealedAttempt() {
    crash(FaultPlan.Kind.CRASH_BEFORE, "publish ");
    assertStatus(ShardState.MISSING, 1);
    assertCommits();
  }

  @Test
  void row6DeathBetweenPublishAndCommitIsRolledForward() throws IOException {
    crash(FaultPlan.Kind.CRASH_AFTER, "publish ");
    RolloutShardStatus status = assertStatus(ShardState.INCOMPLETE, 1);
    assertThat(status.findings())
        .extracting(ShardFinding::reason)
        .containsExactly(ShardReason.NO_MARKER);
    byte[] data = Files.readAllBytes(finalDirectory.resolve("steps/step_index/c/0"));

    Finished done = assertCommits();
    assertThat(done.committedAttemptId()).isNotEqualTo(done.attemptId());
    assertThat(Files.readAllBytes(finalDirectory.resolve("steps/step_index/c/0"))).isEqualTo(data);
  }

  @Test
  void row6WithoutRollForwardWaitsForAnOperator() {
    harness.withPolicy(rollForward(CommitPolicy.RollForward.OFF));
    crash(FaultPlan.Kind.CRASH_AFTER, "publish ");
    assertRefused(ShardReason.NO_MARKER);
  }

  @Test
  void row6WithABrokenSealIsLeftToAnOperator() throws IOException {
    crash(FaultPlan.Kind.CRASH_AFTER, "publish ");
    Files.writeString(finalDirectory.resolve("zarr.json"), "[]");
    assertRefused(ShardReason.FILE_HASH_MISMATCH);
    assertThat(harness.isMarked(ENTRY)).isFalse();
  }

  @Test
  void row6sAndRow7sDeathBeforeAPointerIsWrittenLeavesAPrivateAttempt() {
    harness.withPointerPublish();
    crash(FaultPlan.Kind.CRASH_BEFORE, "createIfAbsent ");
    assertStatus(ShardState.MISSING, 1);
    Finished done = assertCommits();
    assertThat(done.storePath()).isEqualTo(done.attemptId() + "/store");
    assertThat(done.ownerPath())
        .isEqualTo(done.finalDir() + "/" + done.storePath() + "/_owner.json");
    assertStatus(ShardState.SUCCEEDED, 1);
  }

  @Test
  void row7DeathBeforeTheMarkerIsRolledForward() {
    crash(FaultPlan.Kind.CRASH_BEFORE, "createIfAbsent ");
    assertStatus(ShardState.INCOMPLETE, 1);
    assertCommits();
  }

  @Test
  void row8DeathAfterTheMarkerIsACommit() {
    crash(FaultPlan.Kind.CRASH_AFTER, "createIfAbsent ");
    assertStatus(ShardState.SUCCEEDED, 0);
    assertThat(harness.run(ENTRY).outcome()).isEqualTo(AttemptOutcome.SKIPPED_CURRENT);
  }

  @Test
  void row9AndRow10ALostAnswerIsSettledByReadingBack() {
    for (FaultPlan.Kind kind : List.of(FaultPlan.Kind.FAIL_AFTER, FaultPlan.Kind.FAIL_BEFORE)) {
      CommitHarness fresh = new CommitHarness(StoreLocation.of(folder.resolve(kind.name())));
      FaultPlan plan = FaultPlan.atFirst(kind, "createIfAbsent ");
      assertThat(fresh.run(ENTRY, plan).outcome()).isEqualTo(AttemptOutcome.COMMITTED);
      assertThat(plan.fired()).isPresent();
      assertThat(fresh.verify(ENTRY).isCurrent()).isTrue();
    }
  }

  @Test
  void row10AStorageThatNeverAnswersLosesNothing() throws IOException {
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
    assertThat(finalDirectory.resolve("_owner.json")).exists();
    assertCommits();
  }

  @Test
  void row11ASecondRenameIsRefusedAndTheLoserFinishesTheCommit() throws IOException {
    RolloutShardRunResult loser =
        whileBuilding(() -> crash(FaultPlan.Kind.CRASH_AFTER, "publish "));
    assertThat(loser.outcome()).isEqualTo(AttemptOutcome.LOST_RACE);
    assertThat(((Finished) loser).divergent()).isFalse();
    assertThat(harness.verify(ENTRY).isCurrent()).isTrue();
    assertThat(attemptFolder(loser)).doesNotExist();
  }

  @Test
  void row12ASecondPointerIsRefused() throws IOException {
    harness.withPointerPublish();
    RolloutShardRunResult loser =
        whileBuilding(
            () -> assertThat(harness.run(ENTRY).outcome()).isEqualTo(AttemptOutcome.COMMITTED));
    assertThat(loser.outcome()).isEqualTo(AttemptOutcome.LOST_RACE);
    assertThat(finalDirectory.resolve(loser.attemptId())).doesNotExist();
    assertThat(harness.verify(ENTRY).isCurrent()).isTrue();
  }

  @Test
  void row13AndRow36DifferentDataOfADuplicateIsReported() throws IOException {
    Finished loser =
        (Finished)
            harness
                .committer()
                .run(
                    ENTRY,
                    harness.attempt(ENTRY),
                    store -> {
                      harness.run(ENTRY);
                      return harness.builder(ENTRY, FaultPlan.none(), "flipped").build(store);
                    });
    assertThat(loser.outcome()).isEqualTo(AttemptOutcome.LOST_RACE);
    assertThat(loser.divergent()).isTrue();
    RolloutShardStatus status = assertStatus(ShardState.SUCCEEDED, 0);
    assertThat(status.divergentReports())
        .containsExactly(
            folder
                .resolve("final/_DIVERGENT.shard-000007." + loser.attemptId() + ".json")
                .toString());
    Map<String, Object> report =
        JsonParser.parseObject(
            Files.readAllBytes(Path.of(status.divergentReports().get(0))), "report");
    assertThat(report.get("attempt_data_sha256")).isNotEqualTo(report.get("committed_data_sha256"));
    assertThat(report).containsEntry("committed_data_sha256", status.committed().dataSha256());
  }

  @Test
  void row14ALoserReportsTheWinnerThatDiedAfterItsCommit() throws IOException {
    RolloutShardRunResult loser =
        whileBuilding(() -> crash(FaultPlan.Kind.CRASH_AFTER, "createIfAbsent "));
    assertThat(loser.outcome()).isEqualTo(AttemptOutcome.LOST_RACE);
    assertThat(harness.verify(ENTRY).isCurrent()).isTrue();
  }

  @Test
  void row15AnAttemptPastItsDeadlineDoesNotPublish() throws IOException {
    for (boolean pointer : List.of(false, true)) {
      CommitHarness late = new CommitHarness(StoreLocation.of(folder.resolve("late" + pointer)));
      if (pointer) {
        late.withPointerPublish();
      }
      Unfinished result =
          (Unfinished)
              late.committer()
                  .run(
                      ENTRY,
                      late.attempt(ENTRY),
                      store -> {
                        late.passTime(CommitHarness.DEADLINE.plus(Duration.ofMillis(1)));
                        return late.builder(ENTRY, FaultPlan.none(), "data").build(store);
                      });
      assertThat(result.outcome()).isEqualTo(AttemptOutcome.TIMED_OUT);
      assertThat(result.failure().error())
          .contains("past its deadline", "deadline_ms=3600000, elapsed_ms=3600001");
      assertThat(late.isMarked(ENTRY)).isFalse();
    }
  }

  @Test
  void row17AFinishedShardIsSkippedAndNotTouched() throws IOException {
    assertCommits();
    Finished skipped = (Finished) harness.run(ENTRY);
    assertThat(skipped.isSkipped()).isTrue();
    assertThat(skipped.counts().candidates()).isEqualTo(12);
  }

  @Test
  void row20AChangedFileIsReportedAndNeverOverwritten() throws IOException {
    assertCommits();
    Path file = finalDirectory.resolve("steps/step_index/c/0");
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] ^= 1;
    Files.write(file, bytes);
    assertRefused(ShardReason.FILE_HASH_MISMATCH);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void row21ADeletedFileIsReported() throws IOException {
    assertCommits();
    Files.delete(finalDirectory.resolve("zarr.json"));
    assertRefused(ShardReason.FILE_MISSING);
  }

  @Test
  void row22AnEditedOwnerIsReported() throws IOException {
    assertCommits();
    edit("_owner.json", "\"rollouts\": 1", "\"rollouts\": 2");
    assertRefused(ShardReason.OWNER_HASH_MISMATCH);
  }

  @Test
  void row23AnEditedMarkerIsReported() throws IOException {
    assertCommits();
    Path marker = finalDirectory.resolve("_SUCCESS.json");
    String text = Files.readString(marker);
    Files.writeString(marker, text.substring(0, 40));
    assertRefused(ShardReason.MARKER_UNREADABLE);
    Files.writeString(marker, text + "\n");
    assertRefused(ShardReason.MARKER_UNREADABLE);
    Files.writeString(marker, text.replace("\"store_path\": \".\"", "\"store_path\": \"../x\""));
    assertRefused(ShardReason.STORE_PATH_INVALID);
  }

  @Test
  void row24AConsistentCopyOfAnotherShardIsReported() throws IOException {
    RolloutShardEntry other = ManifestFixtures.oneRowEntries(1).get(0);
    assertCommits();
    Files.move(finalDirectory, folder.resolve("final").resolve(other.shardId()));
    Unfinished result = (Unfinished) harness.run(other);
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.REFUSED);
    assertThat(result.findings())
        .extracting(ShardFinding::reason)
        .contains(ShardReason.SHARD_ID_MISMATCH, ShardReason.ENTRY_MISMATCH);
  }

  @Test
  void row25AndRow26DriftIsRefusedWithWhatWasFound() throws IOException {
    assertDrift(
        new ShardInputs("cfg1:0000000000000000", ENTRY.sourceManifestHash(), "7"),
        FailureKind.CONFIG_DRIFT);
    assertDrift(
        new ShardInputs(ENTRY.writerConfigHash(), "0000000000000000", "7"),
        FailureKind.SOURCE_DRIFT);
    assertDrift(
        new ShardInputs(ENTRY.writerConfigHash(), ENTRY.sourceManifestHash(), "8"),
        FailureKind.SOURCE_DRIFT);
  }

  @Test
  void row27AShardOfAnotherPlanIsReported() {
    assertCommits();
    RolloutShardEntry other = ManifestFixtures.oneRowEntries(8).get(7);
    Unfinished result = (Unfinished) harness.run(other);
    assertThat(result.shardId()).isEqualTo(ENTRY.shardId());
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.REFUSED);
    assertThat(result.findings())
        .extracting(ShardFinding::reason)
        .contains(ShardReason.SPLIT_MANIFEST_MISMATCH, ShardReason.ENTRY_MISMATCH);
  }

  @Test
  void row28AFullDiskIsNamedAndLeavesAMarker() throws IOException {
    Unfinished result =
        failing(
            () -> {
              throw new IOException("steps/c/0: No space left on device");
            });
    assertThat(result.failure().kind()).isEqualTo(FailureKind.DISK_FULL);
    assertThat(result.failure().error()).isEqualTo("steps/c/0: No space left on device");
    RolloutShardStatus status = assertStatus(ShardState.FAILED, 0);
    assertThat(status.failedMarkers()).hasSize(1);
    assertThat(attemptFolder(result)).doesNotExist();
    assertCommits();
  }

  @Test
  void row29AMarkerThatCannotBeWrittenDoesNotHideTheCause() {
    FaultPlan plan = FaultPlan.atFirst(FaultPlan.Kind.FAIL_BEFORE, "_FAILED.");
    Unfinished result =
        (Unfinished)
            harness
                .committer(plan)
                .run(
                    ENTRY,
                    harness.attempt(ENTRY),
                    store -> {
                      throw new IllegalStateException("the cause");
                    });
    assertThat(plan.fired()).isPresent();
    assertThat(result.failure().kind()).isEqualTo(FailureKind.GENERATION_ERROR);
    assertThat(result.failure().error()).isEqualTo("the cause");
    assertThat(result.failure().errorType()).isEqualTo("java.lang.IllegalStateException");
    assertThat(result.failure().stage()).isEqualTo("S3");
  }

  @Test
  void row31AnEmptyFinalDirectoryIsTreatedAsAbsentUnlessRollForwardIsOff() throws IOException {
    Files.createDirectories(finalDirectory);
    RolloutShardStatus status = assertStatus(ShardState.INCOMPLETE, 0);
    assertThat(status.findings())
        .extracting(ShardFinding::reason)
        .containsExactly(ShardReason.EMPTY_FINAL);
    harness.withPolicy(rollForward(CommitPolicy.RollForward.OFF));
    assertRefused(ShardReason.EMPTY_FINAL);
    harness.withPolicy(CommitPolicy.DEFAULT);
    assertCommits();
  }

  @Test
  void row33AStorageThatDoesNotAnswerIsNotAMissingShard() {
    assertCommits();
    FaultPlan plan = FaultPlan.atFirst(FaultPlan.Kind.FAIL_BEFORE, "list ");
    Unfinished result = (Unfinished) harness.run(ENTRY, plan);
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.FAILED);
    assertThat(result.failure().kind()).isEqualTo(FailureKind.STORAGE_ERROR);
    assertThat(result.findings())
        .extracting(ShardFinding::reason)
        .containsExactly(ShardReason.STORAGE_ERROR);
    RolloutShardStatus status = status(FaultPlan.atFirst(FaultPlan.Kind.FAIL_BEFORE, "list "));
    assertThat(status.state()).isEqualTo(ShardState.INCOMPLETE);
    assertThat(status.findings())
        .extracting(ShardFinding::reason)
        .containsExactly(ShardReason.STORAGE_ERROR);
  }

  @Test
  void row35AMarkerDeletedByHandIsRolledForward() throws IOException {
    assertCommits();
    byte[] marker = Files.readAllBytes(finalDirectory.resolve("_SUCCESS.json"));
    Files.delete(finalDirectory.resolve("_SUCCESS.json"));
    assertStatus(ShardState.INCOMPLETE, 0);
    assertCommits();
    assertThat(Files.readAllBytes(finalDirectory.resolve("_SUCCESS.json"))).isEqualTo(marker);
  }

  @Test
  void anInvalidStoreIsNotCommitted() {
    Unfinished result =
        (Unfinished)
            harness
                .committer()
                .run(
                    ENTRY,
                    harness.attempt(ENTRY),
                    harness.builder(ENTRY, FaultPlan.none(), "invalid"));
    assertThat(result.failure().kind()).isEqualTo(FailureKind.VALIDATION_FAILED);
    assertThat(result.failure().error())
        .startsWith(
            "Cannot commit shard: the written store is invalid, it breaks 1 rule(s): check 12:"
                + " step_index (shard=shard-000007, attempt=");
    assertThat(result.failure().stage()).isEqualTo("S4");
    assertStatus(ShardState.FAILED, 0);
  }

  @Test
  void anEmptyShardIsCommittedOnlyIfAllowed() {
    CommitPolicy strict =
        new CommitPolicy(
            VerifyLevel.FILES,
            CommitPolicy.RollForward.ON,
            CommitPolicy.EmptyShards.REFUSED,
            3,
            3,
            Duration.ofMillis(1));
    harness.withPolicy(strict);
    ShardBuilder empty = harness.builder(ENTRY, FaultPlan.none(), "empty");
    Unfinished refused = (Unfinished) harness.committer().run(ENTRY, harness.attempt(ENTRY), empty);
    assertThat(refused.outcome()).isEqualTo(AttemptOutcome.INSUFFICIENT_SUPPORT);
    assertThat(refused.failure().kind()).isEqualTo(FailureKind.NO_RECORDS);
    harness.withPolicy(CommitPolicy.DEFAULT);
    assertThat(harness.committer().run(ENTRY, harness.attempt(ENTRY), empty).outcome())
        .isEqualTo(AttemptOutcome.COMMITTED);
  }

  @Test
  void aCancelledAttemptLeavesNoMarkerAndNoFiles() {
    Unfinished result =
        failing(
            () -> {
              throw new CancellationException("stop");
            });
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.CANCELLED);
    RolloutShardStatus status = assertStatus(ShardState.MISSING, 0);
    assertThat(status.failedMarkers()).isEmpty();
  }

  @Test
  void aStopBeforePublishingLeavesNoMarkerAndNoFiles() throws IOException {
    AtomicBoolean stop = new AtomicBoolean();
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
    assertThat(harness.io().list(harness.layout().finalRoot()).entries()).isEmpty();
    assertThat(harness.run(ENTRY).outcome()).isEqualTo(AttemptOutcome.COMMITTED);
  }

  @Test
  void anInterruptedAttemptStillCleansUpAndStaysInterrupted() {
    Unfinished result =
        failing(
            () -> {
              Thread.currentThread().interrupt();
              throw new java.nio.channels.ClosedByInterruptException();
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.CANCELLED);
    assertStatus(ShardState.MISSING, 0);
  }

  @Test
  void aShardThatKilledThreeAttemptsIsQuarantined() {
    for (int i = 0; i < 3; i++) {
      crash(FaultPlan.Kind.CRASH_AFTER, "store/zarr.json");
    }
    Unfinished result = (Unfinished) harness.run(ENTRY);
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.QUARANTINED);
    assertThat(result.failure().error())
        .startsWith("Cannot build shard: 3 earlier attempts vanished (shard=shard-000007, ");
    assertStatus(ShardState.MISSING, 3);
  }

  @Test
  void failuresOfOneSecondKeepTheirOwnMarkers() {
    for (int i = 0; i < 4; i++) {
      failing(
          () -> {
            throw new IllegalStateException("again");
          });
    }
    assertThat(assertStatus(ShardState.FAILED, 0).failedMarkers())
        .hasSize(4)
        .doesNotHaveDuplicates();
  }

  @Test
  void outcomesOfRowsReachTheOwnerWithTheirSeals() {
    assertCommits();
    assertThat(harness.verify(ENTRY).owner().orElseThrow().sourceOutcomes())
        .hasSize(2)
        .extracting(SourceOutcome::rowDataSha256)
        .allMatch(seal -> seal.length() == 64);
  }

  @Test
  void anErrorOfTheJvmIsNotSwallowed() {
    assertThatThrownBy(() -> harness.run(ENTRY, FaultPlan.at(FaultPlan.Kind.CRASH_BEFORE, 1)))
        .isInstanceOf(SimulatedCrash.class)
        .hasMessageStartingWith("stopped at list ");
  }

  private interface Step {
    void run() throws Exception;
  }

  private Unfinished failing(Step step) {
    return (Unfinished)
        harness
            .committer()
            .run(
                ENTRY,
                harness.attempt(ENTRY),
                store -> {
                  step.run();
                  throw new IllegalStateException("unreachable");
                });
  }

  /** Runs another attempt while this one builds, so that both are past their resume check. */
  private RolloutShardRunResult whileBuilding(Runnable other) {
    return harness
        .committer()
        .run(
            ENTRY,
            harness.attempt(ENTRY),
            store -> {
              other.run();
              return harness.builder(ENTRY, FaultPlan.none(), "data").build(store);
            });
  }

  private void crash(FaultPlan.Kind kind, String operation) {
    FaultPlan plan = FaultPlan.atFirst(kind, operation);
    assertThatThrownBy(() -> harness.run(ENTRY, plan))
        .isInstanceOf(SimulatedCrash.class)
        .hasMessageContaining(operation);
  }

  private Finished assertCommits() {
    RolloutShardRunResult result = harness.run(ENTRY);
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.COMMITTED);
    assertThat(harness.verify(ENTRY).findings()).isEmpty();
    assertThat(harness.verify(ENTRY).isCurrent()).isTrue();
    return (Finished) result;
  }

  private void assertRefused(ShardReason reason) {
    Unfinished result = (Unfinished) harness.run(ENTRY);
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.REFUSED);
    assertThat(result.findings()).extracting(ShardFinding::reason).contains(reason);
    assertThat(result.failure().error()).startsWith("Cannot use final directory: [");
    RolloutShardStatus status = status(FaultPlan.none());
    assertThat(status.state()).isEqualTo(ShardState.INCOMPLETE);
    assertThat(status.failedMarkers()).isEmpty();
  }

  private void assertDrift(ShardInputs found, FailureKind kind) throws IOException {
    ShardAttempt attempt = harness.attempt(ENTRY);
    ShardAttempt drifted =
        new ShardAttempt(
            attempt.attemptId(),
            attempt.campaignId(),
            found,
            attempt.place(),
            attempt.deadline(),
            attempt.runtime());
    Unfinished result =
        (Unfinished)
            harness
                .committer()
                .run(ENTRY, drifted, harness.builder(ENTRY, FaultPlan.none(), "data"));
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.REFUSED);
    assertThat(result.failure().kind()).isEqualTo(kind);
    String marker =
        status(FaultPlan.none()).failedMarkers().stream()
            .filter(name -> name.contains(attempt.attemptId()))
            .findFirst()
            .orElseThrow();
    assertThat(Files.readString(Path.of(marker), StandardCharsets.UTF_8))
        .contains("\"observed_", "\"retriable\": false", ENTRY.writerConfigHash());
  }

  private RolloutShardStatus assertStatus(ShardState state, int unfinished) {
    RolloutShardStatus status = status(FaultPlan.none());
    assertThat(status.state()).isEqualTo(state);
    assertThat(status.attempts().unfinished()).isEqualTo(unfinished);
    return status;
  }

  private RolloutShardStatus status(FaultPlan plan) {
    CampaignScan scan = CampaignScan.of(harness.io(), harness.layout());
    ShardCommitter committer = harness.committer(plan);
    return new ShardStatusReader(
            committer.io(), harness.layout(), committer.inspection(), VerifyLevel.FILES)
        .statusOf(ENTRY, scan.tracesOf(ENTRY.shardId()));
  }

  private void edit(String name, String from, String to) throws IOException {
    Path file = finalDirectory.resolve(name);
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private Path attemptFolder(RolloutShardRunResult result) {
    return folder.resolve("final/_attempts").resolve(ENTRY.shardId()).resolve(result.attemptId());
  }

  private static CommitPolicy rollForward(CommitPolicy.RollForward choice) {
    return new CommitPolicy(
        VerifyLevel.FILES, choice, CommitPolicy.EmptyShards.ALLOWED, 3, 3, Duration.ofMillis(1));
  }
}
