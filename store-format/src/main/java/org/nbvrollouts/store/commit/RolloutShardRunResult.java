package org.nbvrollouts.store.commit;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.manifest.FailureDetail;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.ShardCounts;
import org.nbvrollouts.store.manifest.StorageSize;
import org.nbvrollouts.store.manifest.SuccessSidecar;

/** What running one shard entry came to; small enough to travel from a task to its driver. */
public sealed interface RolloutShardRunResult extends Serializable {

  String shardId();

  /** The attempt that ran. */
  String attemptId();

  AttemptOutcome outcome();

  String finalDir();

  /** Whether finished work was found. */
  default boolean isSkipped() {
    return outcome() == AttemptOutcome.SKIPPED_CURRENT;
  }

  /**
   * The shard is committed and verifies, by this attempt or by an earlier one.
   *
   * @param committedAttemptId the attempt whose store the marker names; another one than {@code
   *     attemptId} if work was skipped, lost, or completed for a dead attempt
   * @param storePath the store relative to the final directory
   * @param divergent whether this attempt built other data than the committed one
   */
  record Finished(
      String shardId,
      String attemptId,
      AttemptOutcome outcome,
      String finalDir,
      String committedAttemptId,
      String storePath,
      String dataSha256,
      ShardCounts counts,
      StorageSize storage,
      Map<String, Long> timingsMs,
      boolean divergent)
      implements RolloutShardRunResult {
    private static final long serialVersionUID = 1L;

    /** The commit marker. */
    public String successPath() {
      return finalDir + "/" + SuccessSidecar.FILE_NAME;
    }

    /** The owner sidecar. */
    public String ownerPath() {
      return storePath.equals(SuccessSidecar.STORE_IS_FINAL_DIRECTORY)
          ? finalDir + "/" + OwnerSidecar.FILE_NAME
          : finalDir + "/" + storePath + "/" + OwnerSidecar.FILE_NAME;
    }
  }

  /**
   * The store is complete and sealed in its private folder, and only the driver of the campaign
   * commits.
   *
   * @param ownerSha256 of the owner sidecar, as this attempt wrote it
   */
  record Sealed(String shardId, String attemptId, String finalDir, String ownerSha256)
      implements RolloutShardRunResult {
    private static final long serialVersionUID = 1L;

    @Override
    public AttemptOutcome outcome() {
      return AttemptOutcome.SEALED;
    }
  }

  /**
   * The shard is not committed by this attempt.
   *
   * @param findings why what stands at the final directory does not count, if that is the cause
   */
  record Unfinished(
      String shardId,
      String attemptId,
      AttemptOutcome outcome,
      String finalDir,
      FailureDetail failure,
      List<ShardFinding> findings)
      implements RolloutShardRunResult {
    private static final long serialVersionUID = 1L;

    public Unfinished {
      findings = List.copyOf(findings);
    }
  }
}
