package org.nbvrollouts.store.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.store.commit.RolloutShardRunResult.Finished;
import org.nbvrollouts.store.commit.RolloutShardRunResult.Unfinished;
import org.nbvrollouts.store.io.FaultPlan;
import org.nbvrollouts.store.io.SimulatedCrash;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.status.CampaignScan;
import org.nbvrollouts.store.status.RolloutShardStatus;
import org.nbvrollouts.store.status.ShardState;
import org.nbvrollouts.store.status.ShardStatusReader;

/**
 * A campaign of one shard to which the rows of the failure matrix happen.
 *
 * @param form how attempts are published there
 */
record MatrixCampaign(CommitStorage storage, PublishForm form, CommitHarness harness) {
  static final RolloutShardEntry ENTRY = CommitHarness.entry();

  /** File of the fake store that holds its data. */
  static final String DATA = "steps/step_index/c/0";

  static MatrixCampaign on(CommitStorage storage, PublishForm form) {
    return new MatrixCampaign(storage, form, storage.campaign(form));
  }

  /** Another campaign on the same storage. */
  MatrixCampaign another() {
    return on(storage, form);
  }

  boolean isRenaming() {
    return form == PublishForm.RENAME;
  }

  StoreIO io() {
    return storage.io();
  }

  StoreLocation finalDirectory() {
    return harness.layout().finalDirectory(ENTRY.shardId());
  }

  /** Where the committed store lies. */
  StoreLocation committedStore() {
    String path = assertStatus(ShardState.SUCCEEDED).place().storePath();
    return path.equals(".") ? finalDirectory() : finalDirectory().child(path);
  }

  /** Folders of attempts that stand somewhere. */
  List<String> attemptFolders() throws IOException {
    List<String> found = new ArrayList<>();
    for (StoreLocation place :
        List.of(harness.layout().attemptsOf(ENTRY.shardId()), finalDirectory())) {
      io().list(place).entries().stream()
          .map(child -> child.name())
          .filter(ShardAttempt::isAttemptId)
          .forEach(found::add);
    }
    return found;
  }

  interface Step {
    void run() throws Exception;
  }

  /** An attempt that ends in this step of its generation. */
  Unfinished failing(Step step) {
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

  /** An attempt that generates other content than usual. */
  RolloutShardRunResult running(String data) {
    return harness
        .committer()
        .run(ENTRY, harness.attempt(ENTRY), harness.builder(ENTRY, FaultPlan.none(), data));
  }

  /** An attempt to which something happens while it generates. */
  RolloutShardRunResult whileBuilding(String data, Step other) {
    return harness
        .committer()
        .run(
            ENTRY,
            harness.attempt(ENTRY),
            store -> {
              other.run();
              return harness.builder(ENTRY, FaultPlan.none(), data).build(store);
            });
  }

  void crash(FaultPlan.Kind kind, String operation) {
    FaultPlan plan = FaultPlan.atFirst(kind, operation);
    assertThatThrownBy(() -> harness.run(ENTRY, plan))
        .isInstanceOf(SimulatedCrash.class)
        .hasMessageContaining(operation);
  }

  Finished assertCommits() {
    RolloutShardRunResult result = harness.run(ENTRY);
    assertThat(result.outcome()).as(result.toString()).isEqualTo(AttemptOutcome.COMMITTED);
    assertThat(harness.verify(ENTRY).findings()).isEmpty();
    assertThat(harness.verify(ENTRY).isCurrent()).isTrue();
    return (Finished) result;
  }

  /** The shard is incomplete for this reason, and a run leaves it alone. */
  void assertRefused(ShardReason reason) {
    Unfinished result = (Unfinished) harness.run(ENTRY);
    assertThat(result.outcome()).as(result.toString()).isEqualTo(AttemptOutcome.REFUSED);
    assertThat(result.findings()).extracting(ShardFinding::reason).contains(reason);
    assertThat(result.failure().error()).startsWith("Cannot use final directory: [");
    assertThat(assertStatus(ShardState.INCOMPLETE).failedMarkers()).isEmpty();
  }

  RolloutShardStatus assertStatus(ShardState state, int unfinished) {
    RolloutShardStatus status = assertStatus(state);
    assertThat(status.attempts().unfinished()).isEqualTo(unfinished);
    return status;
  }

  RolloutShardStatus assertStatus(ShardState state) {
    RolloutShardStatus status = status(FaultPlan.none());
    assertThat(status.state()).as(status.findings().toString()).isEqualTo(state);
    return status;
  }

  RolloutShardStatus status(FaultPlan plan) {
    CampaignScan scan = CampaignScan.of(io(), harness.layout());
    ShardCommitter committer = harness.committer(plan);
    return new ShardStatusReader(
            committer.io(), harness.layout(), committer.inspection(), VerifyLevel.FILES)
        .statusOf(ENTRY, scan.tracesOf(ENTRY.shardId()));
  }

  byte[] read(StoreLocation file) throws IOException {
    return io().read(file).orElseThrow();
  }

  String text(StoreLocation file) throws IOException {
    return new String(read(file), StandardCharsets.UTF_8);
  }

  void write(StoreLocation file, String text) throws IOException {
    io().write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Replaces a text in the owner sidecar of the committed store. */
  void editOwner(String from, String to) throws IOException {
    StoreLocation file = committedStore().child(OwnerSidecar.FILE_NAME);
    String text = text(file);
    assertThat(text).contains(from);
    write(file, text.replace(from, to));
  }

  static CommitPolicy rollForward(CommitPolicy.RollForward choice) {
    CommitPolicy usual = CommitPolicy.DEFAULT;
    return new CommitPolicy(
        usual.verifyLevel(),
        choice,
        usual.emptyShards(),
        3,
        3,
        usual.firstPause(),
        usual.committedBy());
  }
}
