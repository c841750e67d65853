package org.nbvrollouts.jobs.campaign;

import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.manifest.RolloutShardEntry;

/**
 * The body of a Spark task: runs one shard and reports. It never throws for a shard: a thrown
 * exception would be tried again by Spark and then end the job of healthy shards.
 */
final class ShardTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ShardBody body;
  private final ProgressCounters counters;

  /**
   * @param counters for people who look at the web page of the run; tasks that run again count
   *     twice, so no number of record comes from them
   */
  ShardTask(ShardBody body, ProgressCounters counters) {
    this.body = Objects.requireNonNull(body);
    this.counters = Objects.requireNonNull(counters);
  }

  TaskReport run(RolloutShardEntry entry) {
    TaskContext context = TaskContext.get();
    String executorId = SparkEnv.get().executorId();
    RolloutShardRunResult result =
        body.run(entry, context.taskAttemptId(), executorId, context::isInterrupted);
    counters.add(entry, result);
    return new TaskReport(
        result, new Seat(SparkEnv.get().blockManager().blockManagerId().host(), executorId));
  }
}
