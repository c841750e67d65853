package org.nbvrollouts.store.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nbvrollouts.store.commit.MatrixCampaign.DATA;
import static org.nbvrollouts.store.commit.MatrixCampaign.ENTRY;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.commit.RolloutShardRunResult.Finished;
import org.nbvrollouts.store.commit.RolloutShardRunResult.Unfinished;
import org.nbvrollouts.store.io.FaultPlan;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.ManifestFixtures;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardInputs;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.status.ShardState;

/** Somebody changed a committed shard, or what it was planned from. */
interface DamageRows extends MatrixRows {

  @Test
  default void row17AFinishedShardIsSkippedAndNotTouched() {
    campaign().assertCommits();
    Finished skipped = (Finished) campaign().harness().run(ENTRY);
    assertThat(skipped.isSkipped()).isTrue();
    assertThat(skipped.counts().candidates()).isEqualTo(12);
  }

  @Test
  default void row20AChangedFileIsReportedAndNeverOverwritten() throws IOException {
    campaign().assertCommits();
    StoreLocation file = campaign().committedStore().child(DATA);
    byte[] bytes = campaign().read(file);
    bytes[0] ^= 1;
    campaign().io().write(file, bytes);
    campaign().assertRefused(ShardReason.FILE_HASH_MISMATCH);
    assertThat(campaign().read(file)).isEqualTo(bytes);
  }

  @Test
  default void row21ADeletedFileIsReported() throws IOException {
    campaign().assertCommits();
    campaign().io().delete(campaign().committedStore().child("zarr.json"));
    campaign().assertRefused(ShardReason.FILE_MISSING);
  }

  @Test
  default void row22AnEditedOwnerIsReported() throws IOException {
    campaign().assertCommits();
    campaign().editOwner("\"rollouts\": 1", "\"rollouts\": 2");
    campaign().assertRefused(ShardReason.OWNER_HASH_MISMATCH);
  }

  @Test
  default void row23AnEditedMarkerIsReported() throws IOException {
    String path = campaign().assertCommits().storePath();
    StoreLocation marker = campaign().finalDirectory().child(SuccessSidecar.FILE_NAME);
    String text = campaign().text(marker);
    campaign().write(marker, text.substring(0, 40));
    campaign().assertRefused(ShardReason.MARKER_UNREADABLE);
    campaign().write(marker, text + "\n");
    campaign().assertRefused(ShardReason.MARKER_UNREADABLE);
    campaign().write(marker, text.replace("\"" + path + "\"", "\"../x\""));
    campaign().assertRefused(ShardReason.STORE_PATH_INVALID);
  }

  @Test
  default void row24AConsistentCopyOfAnotherShardIsReported() throws IOException {
    RolloutShardEntry other = ManifestFixtures.oneRowEntries(1).get(0);
    campaign().assertCommits();
    StoreLocation copy = campaign().harness().layout().finalDirectory(other.shardId());
    for (String path : campaign().io().listTree(campaign().finalDirectory()).keySet()) {
      campaign()
          .io()
          .write(copy.child(path), campaign().read(campaign().finalDirectory().child(path)));
    }
    Unfinished result = (Unfinished) campaign().harness().run(other);
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.REFUSED);
    assertThat(result.findings())
        .extracting(ShardFinding::reason)
        .contains(ShardReason.SHARD_ID_MISMATCH, ShardReason.ENTRY_MISMATCH);
  }

  @Test
  default void row25AndRow26DriftIsRefusedWithWhatWasFound() throws IOException {
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

  private void assertDrift(ShardInputs found, FailureKind kind) throws IOException {
    CommitHarness harness = campaign().harness();
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
        campaign().status(FaultPlan.none()).failedMarkers().stream()
            .filter(name -> name.contains(attempt.attemptId()))
            .findFirst()
            .orElseThrow();
    assertThat(campaign().text(new StoreLocation(marker)))
        .contains("\"observed_", "\"retriable\": false", ENTRY.writerConfigHash());
  }

  @Test
  default void row27AShardOfAnotherPlanIsReported() {
    campaign().assertCommits();
    RolloutShardEntry other = ManifestFixtures.oneRowEntries(8).get(7);
    Unfinished result = (Unfinished) campaign().harness().run(other);
    assertThat(result.shardId()).isEqualTo(ENTRY.shardId());
    assertThat(result.outcome()).isEqualTo(AttemptOutcome.REFUSED);
    assertThat(result.findings())
        .extracting(ShardFinding::reason)
        .contains(ShardReason.SPLIT_MANIFEST_MISMATCH, ShardReason.ENTRY_MISMATCH);
  }

  @Test
  default void row35AMarkerDeletedByHandIsRolledForwardOrBuiltAgain() throws IOException {
    Finished first = campaign().assertCommits();
    StoreLocation marker = campaign().finalDirectory().child(SuccessSidecar.FILE_NAME);
    byte[] bytes = campaign().read(marker);
    campaign().io().delete(marker);
    campaign()
        .assertStatus(campaign().isRenaming() ? ShardState.INCOMPLETE : ShardState.MISSING, 0);
    Finished again = campaign().assertCommits();
    if (campaign().isRenaming()) {
      assertThat(again.committedAttemptId()).isEqualTo(first.attemptId());
      assertThat(campaign().read(marker)).isEqualTo(bytes);
    } else {
      assertThat(again.committedAttemptId()).isEqualTo(again.attemptId());
      assertThat(new String(campaign().read(marker), StandardCharsets.UTF_8))
          .contains(again.dataSha256());
    }
  }
}
