package org.nbvrollouts.jobs.campaign;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.manifest.RolloutShardEntry;

/** Named counters on Spark's web page. They count attempts, not what is committed. */
record ProgressCounters(
    LongAccumulator rows,
    LongAccumulator rollouts,
    LongAccumulator candidates,
    LongAccumulator unfinished)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static ProgressCounters register(SparkContext spark) {
    return new ProgressCounters(
        spark.longAccumulator("rows built"),
        spark.longAccumulator("rollouts built"),
        spark.longAccumulator("candidates built"),
        spark.longAccumulator("attempts without a shard"));
  }

  void add(RolloutShardEntry entry, RolloutShardRunResult result) {
    if (!(result instanceof RolloutShardRunResult.Finished finished)) {
      unfinished.add(1);
    } else if (!finished.isSkipped()) {
      rows.add(entry.numRows());
      rollouts.add(finished.counts().rollouts());
      candidates.add(finished.counts().candidates());
    }
  }
}
