package org.nbvrollouts.store.commit;

import java.nio.file.FileSystemException;
import java.util.List;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.manifest.FailureKind;

/** Ends an attempt before its commit, with what is to be said about it. */
final class AttemptStoppedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final AttemptOutcome outcome;
  private final FailureKind kind;
  private final transient List<ShardFinding> findings;

  AttemptStoppedException(
      AttemptOutcome outcome, FailureKind kind, String message, List<ShardFinding> findings) {
    super(message);
    this.outcome = outcome;
    this.kind = kind;
    this.findings = List.copyOf(findings);
  }

  /** The stop that an exception of the builder, the validation or the storage means. */
  static AttemptStoppedException of(Throwable failure) {
    FailureKind kind = StorageFailures.kindOf(failure);
    AttemptOutcome outcome =
        StorageFailures.isCancellation(failure) || Thread.currentThread().isInterrupted()
            ? AttemptOutcome.CANCELLED
            : outcomeOf(kind);
    AttemptStoppedException stop =
        new AttemptStoppedException(outcome, kind, messageOf(failure), List.of());
    stop.initCause(failure);
    return stop;
  }

  /** What a file system throws says no more than a path. */
  private static String messageOf(Throwable failure) {
    return failure instanceof FileSystemException storage
        ? "Cannot use storage: " + StorageReason.withFile(storage)
        : String.valueOf(failure.getMessage());
  }

  /** The stop because of what stands at the final directory; nothing there is touched. */
  static AttemptStoppedException blocked(ShardEvidence evidence, String place) {
    List<ShardFinding> findings = evidence.blocking();
    String message = "Cannot use final directory: %s (%s)".formatted(findings, place);
    return evidence.has(ShardReason.STORAGE_ERROR)
        ? new AttemptStoppedException(
            AttemptOutcome.FAILED, FailureKind.STORAGE_ERROR, message, findings)
        : refused(
            FailureKind.PUBLISH_CONFLICT,
            message + "; nothing was changed, move it away to build the shard again",
            findings);
  }

  static AttemptStoppedException refused(
      FailureKind kind, String message, List<ShardFinding> findings) {
    return new AttemptStoppedException(AttemptOutcome.REFUSED, kind, message, findings);
  }

  /**
   * Whether a failure marker is written. A refusal because of what stands at the final directory is
   * visible there already.
   */
  boolean leavesMarker() {
    return switch (outcome) {
      case CANCELLED, QUARANTINED, SEALED, COMMITTED, SKIPPED_CURRENT, LOST_RACE -> false;
      case REFUSED -> findings.isEmpty();
      case FAILED, TIMED_OUT, INSUFFICIENT_SUPPORT -> true;
    };
  }

  private static AttemptOutcome outcomeOf(FailureKind kind) {
    return switch (kind) {
      case CONFIG_DRIFT,
          SOURCE_DRIFT,
          MANIFEST_INVALID,
          ROW_NOT_EXPOSED,
          ROW_IDENTITY_MISMATCH,
          MESH_HASH_MISMATCH,
          PUBLISH_CONFLICT ->
          AttemptOutcome.REFUSED;
      case NO_RECORDS -> AttemptOutcome.INSUFFICIENT_SUPPORT;
      case TIMEOUT -> AttemptOutcome.TIMED_OUT;
      case SNIPPET_UNREADABLE,
          MESH_MISSING,
          GENERATION_ERROR,
          OUT_OF_MEMORY,
          VALIDATION_FAILED,
          DISK_FULL,
          STORAGE_ERROR,
          COMMIT_UNKNOWN,
          LAUNCH_ERROR,
          INTERNAL_ERROR ->
          AttemptOutcome.FAILED;
    };
  }

  AttemptOutcome outcome() {
    return outcome;
  }

  FailureKind kind() {
    return kind;
  }

  List<ShardFinding> findings() {
    return findings;
  }
}
