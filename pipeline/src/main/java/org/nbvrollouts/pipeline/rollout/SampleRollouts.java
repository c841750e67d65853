package org.nbvrollouts.pipeline.rollout;

import java.util.List;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;

/**
 * Everything generated from one source row.
 *
 * @param records in target order, then recipe order; empty when everything was skipped
 * @param outcome what was skipped and why
 * @param stats counters of this row
 * @param timings where the time went
 * @param work how much was done
 */
public record SampleRollouts(
    List<RolloutZarrRecord> records,
    SampleOutcome outcome,
    RolloutDatasetWriterStats stats,
    StageTimings timings,
    WorkCounts work) {

  public SampleRollouts {
    records = List.copyOf(records);
  }
}
