package org.nbvrollouts.jobs.campaign;

import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.nbvrollouts.jobs.shard.ShardRunRequest;
import org.nbvrollouts.jobs.shard.ShardRunner;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.manifest.RolloutShardEntry;

/**
 * The body of a Spark task: runs one shard and reports. It never throws for a shard: a thrown
 * exception would be tried again by Spark and then end the job of healthy shards.
 */
final class ShardTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ShardRunRequest request;

  ShardTask(ShardRunRequest request) {
    this.request = Objects.requireNonNull(request);
  }

  RolloutShardRunResult run(RolloutShardEntry entry) {
    TaskContext context = TaskContext.get();
    return ShardRunner.of(request)
        .run(entry, context.taskAttemptId(), SparkEnv.get().executorId(), context::isInterrupted);
  }
}
