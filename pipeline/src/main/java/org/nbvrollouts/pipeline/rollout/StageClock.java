package org.nbvrollouts.pipeline.rollout;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Sums the time of stages, from a source of nanoseconds that the caller provides, and the work. */
final class StageClock {
  private final LongSupplier nanoseconds;
  private final Map<Stage, Long> totals = new EnumMap<>(Stage.class);
  private final Map<Work, Long> counts = new EnumMap<>(Work.class);

  StageClock(LongSupplier nanoseconds) {
    this.nanoseconds = nanoseconds;
  }

  /** A mark to hand to {@link #stop}. */
  long start() {
    return nanoseconds.getAsLong();
  }

  /** Adds the time since the mark to a stage. */
  void stop(Stage stage, long mark) {
    totals.merge(stage, nanoseconds.getAsLong() - mark, Long::sum);
  }

  /** Adds to the work done. */
  void count(Work work, long amount) {
    counts.merge(work, amount, Long::sum);
  }

  WorkCounts work() {
    return new WorkCounts(counts);
  }

  StageTimings timings() {
    return new StageTimings(totals);
  }
}
