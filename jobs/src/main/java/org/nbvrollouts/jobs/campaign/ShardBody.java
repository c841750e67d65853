package org.nbvrollouts.jobs.campaign;

import java.io.Serializable;
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

  /** Builds the shards of a campaign. */
  static ShardBody building(ShardRunRequest request) {
    return (entry, taskAttemptId, executorId, stopRequested) ->
        ShardRunner.of(request).run(entry, taskAttemptId, executorId, stopRequested);
  }
}
