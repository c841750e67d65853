package org.nbvrollouts.jobs.campaign;

import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.commit.AttemptOutcome;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.manifest.FailureDetail;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.ShardCounts;
import org.nbvrollouts.store.manifest.StorageSize;

/** Results of attempts as tasks return them. */
final class Results {
  private Results() {}

  static RolloutShardRunResult finished(String shardId, AttemptOutcome outcome, long candidates) {
    return finished(shardId, outcome, candidates, "a0-000000000000");
  }

  static RolloutShardRunResult committedBy(String attemptId, AttemptOutcome outcome) {
    return finished("shard-000000", outcome, 1, attemptId);
  }

  private static RolloutShardRunResult finished(
      String shardId, AttemptOutcome outcome, long candidates, String committedAttemptId) {
    return new RolloutShardRunResult.Finished(
        shardId,
        "a0-000000000000",
        outcome,
        "/final/" + shardId,
        committedAttemptId,
        ".",
        "0".repeat(64),
        new ShardCounts(1, 1, candidates),
        new StorageSize(1, 1),
        Map.of(),
        false);
  }

  static RolloutShardRunResult failed(String shardId) {
    return unfinished(shardId, AttemptOutcome.FAILED);
  }

  static RolloutShardRunResult cancelled(String shardId) {
    return unfinished(shardId, AttemptOutcome.CANCELLED);
  }

  private static RolloutShardRunResult unfinished(String shardId, AttemptOutcome outcome) {
    return new RolloutShardRunResult.Unfinished(
        shardId,
        "a0-000000000000",
        outcome,
        "/final/" + shardId,
        new FailureDetail(FailureKind.STORAGE_ERROR, "S3", "IOException", "no answer"),
        List.of());
  }
}
