package org.nbvrollouts.jobs.campaign;

import java.io.Serializable;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.nbvrollouts.jobs.shard.ShardRunRequest;
import org.nbvrollouts.jobs.shard.ShardRunner;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.manifest.RolloutShardEntry;

/** What a task does for one shard. Travels to executors; never throws for a shard. */
interface ShardBody extends Serializable {
  /**
   * Runs one attempt.
   *
   * @param taskAttemptId unique within the application
   * @param stopRequested asked between steps
   */
  RolloutShardRunResult run(
      RolloutShardEntry entry,
      long taskAttemptId,
      String executorId,
      BooleanSupplier stopRequested);

  /**
   * Commits on the driver what a task sealed, where only the driver commits.
   *
   * @param sinceHandedOut from before the task started until now
   */
  default RolloutShardRunResult commit(
      RolloutShardEntry entry, RolloutShardRunResult.Sealed sealed, Duration sinceHandedOut) {
    throw new IllegalStateException("Cannot commit shard: its tasks do (" + sealed + ")");
  }

  /** Whether an attempt is one of the run that this body is of. */
  default boolean isOfThisRun(String attemptId) {
    return false;
  }

  /** Builds the shards of a campaign. */
  static ShardBody building(ShardRunRequest request) {
    return new Building(request);
  }

  /** Builds the shards of a campaign. */
  record Building(ShardRunRequest request) implements ShardBody {
    @Override
    public RolloutShardRunResult run(
        RolloutShardEntry entry,
        long taskAttemptId,
        String executorId,
        BooleanSupplier stopRequested) {
      return ShardRunner.of(request).run(entry, taskAttemptId, executorId, stopRequested);
    }

    @Override
    public RolloutShardRunResult commit(
        RolloutShardEntry entry, RolloutShardRunResult.Sealed sealed, Duration sinceHandedOut) {
      return ShardRunner.of(request).commit(entry, sealed, sinceHandedOut);
    }

    @Override
    public boolean isOfThisRun(String attemptId) {
      return request.isOfThisRun(attemptId);
    }
  }
}
