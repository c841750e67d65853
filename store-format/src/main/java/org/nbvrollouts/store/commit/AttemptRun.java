package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.nbvrollouts.store.commit.ShardEvidence.Presence;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.manifest.FailureDetail;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardIds;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt, step by step (specification campaign 9.4). Used once, by one thread. */
final class AttemptRun {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptRun.class);

  private enum Step {
    S0,
    S1,
    S2,
    S3,
    S4,
    S5,
    S6,
    S7,
    S8
  }

  private final ShardCommitter services;
  private final RolloutShardEntry entry;
  private final ShardAttempt attempt;
  private final ShardVerifier verifier;
  private final CommitMarker commitMarker;
  private final InputDrift drift;
  private final BooleanSupplier stopRequested;
  private final long startNanos;
  private AttemptFiles files;
  private AttemptBuild build;
  private StoreLocation finalDirectory;
  private Step step = Step.S0;

  AttemptRun(
      ShardCommitter services,
      RolloutShardEntry entry,
      ShardAttempt attempt,
      BooleanSupplier stopRequested) {
    this.services = services;
    this.stopRequested = stopRequested;
    this.entry = entry;
    this.attempt = attempt;
    this.drift = new InputDrift(entry, attempt.observed());
    this.verifier = new ShardVerifier(services.io(), services.inspection());
    this.commitMarker = new CommitMarker(services.io(), services.clock(), services.policy());
    this.startNanos = services.clock().nanoTime();
  }

  /** S6 to S9, in another process than the steps before. */
  RolloutShardRunResult commit(RolloutShardRunResult.Sealed sealed, Duration sinceHandedOut) {
    finalDirectory = services.layout().finalDirectory(entry.shardId());
    files = new AttemptFiles(services, entry, attempt);
    build = new AttemptBuild(services, entry, attempt, files);
    step = Step.S6;
    try {
      // Folders of dead attempts are collected twice the deadline after their last file, which is
      // younger than the moment the attempt was handed out.
      checkDeadline(sinceHandedOut, attempt.deadline().multipliedBy(2));
      return publishAndCommit(files.readSealed(sealed));
    } catch (AttemptStoppedException e) {
      return stopped(e);
    } catch (Exception e) {
      return stopped(AttemptStoppedException.of(e));
    }
  }

  RolloutShardRunResult run(ShardBuilder builder) {
    if (!ShardIds.isCanonical(entry.shardId())) {
      // No file may be named after such an id, so there is no trace but the result.
      return unfinished(
          AttemptOutcome.REFUSED,
          new FailureDetail(FailureKind.MANIFEST_INVALID, "S0", "", entry.problems().get(0)),
          List.of(),
          entry.shardId());
    }
    finalDirectory = services.layout().finalDirectory(entry.shardId());
    files = new AttemptFiles(services, entry, attempt);
    build = new AttemptBuild(services, entry, attempt, files);
    try {
      return steps(builder);
    } catch (AttemptStoppedException e) {
      return stopped(e);
    } catch (Exception | OutOfMemoryError | StackOverflowError | LinkageError e) {
      return stopped(AttemptStoppedException.of(e));
    }
  }

  private RolloutShardRunResult steps(ShardBuilder builder) throws Exception {
    drift.check();
    enter(Step.S1);
    Optional<RolloutShardRunResult> done = resume();
    if (done.isPresent()) {
      return done.get();
    }
    enter(Step.S2);
    start();
    enter(Step.S3);
    build.generate(builder);
    enter(Step.S4);
    build.inspect();
    enter(Step.S5);
    OwnerSidecar owner = build.seal();
    if (isCommittedByDriver()) {
      checkMayPublish();
      return new RolloutShardRunResult.Sealed(
          entry.shardId(),
          attempt.attemptId(),
          finalDirectory.text(),
          CanonicalJson.sha256Hex(owner.toBytes()));
    }
    return publishAndCommit(owner);
  }

  private RolloutShardRunResult publishAndCommit(OwnerSidecar owner) throws Exception {
    enter(Step.S6);
    checkMayPublish();
    if (publish(owner) == Publisher.Publication.TARGET_EXISTS) {
      return lost(owner);
    }
    enter(Step.S7);
    if (!storePath().equals(SuccessSidecar.STORE_IS_FINAL_DIRECTORY)) {
      // A renamed store is public already and is always committed; a private one may be given up.
      checkMayPublish();
    }
    CommitOutcome outcome = commitMarker.create(finalDirectory, markerOf(owner));
    if (outcome instanceof CommitOutcome.AlreadyCommitted) {
      return lost(owner);
    }
    files.removeScratchOf(attempt.attemptId());
    return finished(AttemptOutcome.COMMITTED, owner, storePath(), false);
  }

  /** S1: finished work is skipped, a published store is committed, anything else is left alone. */
  private Optional<RolloutShardRunResult> resume() throws Exception {
    CommitPolicy policy = services.policy();
    ShardEvidence evidence = verifier.verify(entry, finalDirectory, policy.verifyLevel());
    boolean rollForward = policy.rollForward() == CommitPolicy.RollForward.ON;
    boolean mayCommit = rollForward && !isCommittedByDriver();
    boolean buildable =
        switch (evidence.presence()) {
          case ABSENT, ATTEMPTS_ONLY -> true;
          case EMPTY -> rollForward;
          case MARKED, UNCOMMITTED, NOT_A_DIRECTORY, UNKNOWN -> false;
        };
    if (buildable) {
      return Optional.empty();
    }
    if (evidence.isCurrent()) {
      return Optional.of(finished(AttemptOutcome.SKIPPED_CURRENT, evidence, false));
    }
    if (evidence.presence() == Presence.UNCOMMITTED
        && mayCommit
        && !evidence.has(ShardReason.NO_OWNER)) {
      return Optional.of(rollForward());
    }
    throw AttemptStoppedException.blocked(evidence, place());
  }

  /** S6b: completes the commit of an attempt that published and died. */
  private RolloutShardRunResult rollForward() throws Exception {
    ShardEvidence published = verifier.verifyPublished(entry, finalDirectory);
    if (!published.isClean()) {
      throw AttemptStoppedException.blocked(published, place());
    }
    OwnerSidecar owner = published.owner().orElseThrow();
    LOG.info(
        "Completing the commit of attempt {} (shard={})",
        owner.origin().attemptId(),
        entry.shardId());
    enter(Step.S7);
    commitMarker.create(finalDirectory, published.marker().orElseThrow());
    ShardEvidence evidence =
        verifier.verify(entry, finalDirectory, services.policy().verifyLevel());
    if (!evidence.isCurrent()) {
      throw AttemptStoppedException.blocked(evidence, place());
    }
    files.removeScratchOf(owner.origin().attemptId());
    return finished(AttemptOutcome.COMMITTED, evidence, false);
  }

  private void start() throws IOException, AttemptStoppedException {
    List<String> vanished = files.vanishedAttempts();
    if (vanished.size() >= services.policy().maxCrashes()) {
      throw new AttemptStoppedException(
          AttemptOutcome.QUARANTINED,
          FailureKind.LAUNCH_ERROR,
          "Cannot build shard: %d earlier attempts vanished (shard=%s, attempts=%s);"
                  .formatted(vanished.size(), entry.shardId(), vanished)
              + " find out why, remove their folders, run again",
          List.of());
    }
    files.writeStarted();
  }

  private Publisher.Publication publish(OwnerSidecar owner) throws IOException {
    try {
      return services.publisher().publish(files.store(), finalDirectory);
    } catch (IOException e) {
      StoreLocation published = finalDirectory.child(OwnerSidecar.FILE_NAME);
      Optional<byte[]> found = services.io().read(published);
      if (found.isPresent() && Arrays.equals(found.get(), owner.toBytes())) {
        // The rename happened and only its answer was lost.
        return Publisher.Publication.PUBLISHED;
      }
      throw e;
    }
  }

  /** S8: somebody else was first; finish that commit if need be, then compare. */
  private RolloutShardRunResult lost(OwnerSidecar ours) throws Exception {
    enter(Step.S8);
    CommitPolicy policy = services.policy();
    ShardEvidence winner = verifier.verify(entry, finalDirectory, policy.verifyLevel());
    if (winner.presence() == Presence.UNCOMMITTED) {
      ShardEvidence published = verifier.verifyPublished(entry, finalDirectory);
      if (!published.isClean()) {
        throw AttemptStoppedException.blocked(published, place());
      }
      commitMarker.create(finalDirectory, published.marker().orElseThrow());
      winner = verifier.verify(entry, finalDirectory, policy.verifyLevel());
    }
    if (!winner.isCurrent()) {
      throw AttemptStoppedException.blocked(winner, place());
    }
    OwnerSidecar theirs = winner.owner().orElseThrow();
    if (theirs.origin().attemptId().equals(attempt.attemptId())) {
      files.removeScratchOf(attempt.attemptId());
      return finished(AttemptOutcome.COMMITTED, winner, false);
    }
    boolean divergent = !theirs.seal().dataSha256().equals(ours.seal().dataSha256());
    if (divergent) {
      LOG.error(
          "Attempts gave different data (shard={}, attempt={}, committed={})",
          entry.shardId(),
          attempt.attemptId(),
          theirs.origin().attemptId());
      files.writeDivergent(ours, theirs);
    }
    files.removeFolder();
    return finished(AttemptOutcome.LOST_RACE, winner, divergent);
  }

  private void checkMayPublish() throws AttemptStoppedException {
    stopIfRequested();
    checkDeadline(Duration.ofNanos(services.clock().nanoTime() - startNanos), attempt.deadline());
  }

  private void checkDeadline(Duration elapsed, Duration most) throws AttemptStoppedException {
    if (elapsed.compareTo(most) > 0) {
      throw new AttemptStoppedException(
          AttemptOutcome.TIMED_OUT,
          FailureKind.TIMEOUT,
          "Cannot publish shard: the attempt is past its deadline (shard=%s, attempt=%s,"
                  .formatted(entry.shardId(), attempt.attemptId())
              + " deadline_ms=%d, elapsed_ms=%d)".formatted(most.toMillis(), elapsed.toMillis()),
          List.of());
    }
  }

  private RolloutShardRunResult stopped(AttemptStoppedException stop) {
    // An interrupted thread could not clean up: its file channels close themselves.
    boolean interrupted = Thread.interrupted();
    FailureDetail detail =
        new FailureDetail(
            stop.kind(),
            step.name(),
            (stop.getCause() == null ? stop : stop.getCause()).getClass().getName(),
            String.valueOf(stop.getMessage()));
    if (stop.leavesMarker()) {
      files.writeFailure(detail, drift.observed(), build.outcomes(), build.timingsMs(), stop);
    }
    boolean undecided = step == Step.S7 || stop.kind() == FailureKind.COMMIT_UNKNOWN;
    boolean started = step.compareTo(Step.S2) >= 0;
    if (started && !undecided) {
      files.removeFolder();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    LOG.warn(
        "Attempt ended: {} at {} (shard={}, attempt={}): {}",
        stop.outcome().text(),
        step,
        entry.shardId(),
        attempt.attemptId(),
        stop.getMessage());
    return unfinished(stop.outcome(), detail, stop.findings(), finalDirectory.text());
  }

  private boolean isCommittedByDriver() {
    return services.policy().committedBy() == CommitPolicy.CommittedBy.DRIVER;
  }

  private String place() {
    return "shard=%s, final=%s".formatted(entry.shardId(), finalDirectory);
  }

  private void enter(Step next) {
    if (next.compareTo(Step.S6) < 0) {
      // What is published is finished: stopping there would only leave work for somebody else.
      stopIfRequested();
    }
    step = next;
  }

  private void stopIfRequested() {
    if (stopRequested.getAsBoolean()) {
      throw new CancellationException(
          "Stopped (shard=%s, attempt=%s)".formatted(entry.shardId(), attempt.attemptId()));
    }
  }

  private String storePath() {
    return services.publisher().storePath(attempt.attemptId());
  }

  private SuccessSidecar markerOf(OwnerSidecar owner) {
    return SuccessSidecar.of(owner, CanonicalJson.manifestSha256(owner.toJson()), storePath());
  }

  private RolloutShardRunResult finished(
      AttemptOutcome outcome, ShardEvidence committed, boolean divergent) {
    return finished(
        outcome,
        committed.owner().orElseThrow(),
        committed.marker().orElseThrow().storePath(),
        divergent);
  }

  private RolloutShardRunResult finished(
      AttemptOutcome outcome, OwnerSidecar committed, String storePath, boolean divergent) {
    return new RolloutShardRunResult.Finished(
        entry.shardId(),
        attempt.attemptId(),
        outcome,
        finalDirectory.text(),
        committed.origin().attemptId(),
        storePath,
        committed.seal().dataSha256(),
        committed.counts(),
        committed.seal().size(),
        committed.timingsMs(),
        divergent);
  }

  private RolloutShardRunResult unfinished(
      AttemptOutcome outcome, FailureDetail detail, List<ShardFinding> findings, String finalDir) {
    return new RolloutShardRunResult.Unfinished(
        entry.shardId(), attempt.attemptId(), outcome, finalDir, detail, findings);
  }
}
