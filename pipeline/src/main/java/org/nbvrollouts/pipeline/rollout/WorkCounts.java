package org.nbvrollouts.pipeline.rollout;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** How much of each kind of work was done. The same for every run of a row. */
public record WorkCounts(Map<Work, Long> counts) {
  /** Nothing done. */
  public static final WorkCounts ZERO = new WorkCounts(Map.of());

  public WorkCounts {
    Map<Work, Long> complete = new EnumMap<>(Work.class);
    for (Work work : Work.values()) {
      complete.put(work, counts.getOrDefault(work, 0L));
    }
    counts = Collections.unmodifiableMap(complete);
  }

  /** How often something was done. */
  public long of(Work work) {
    return counts.get(work);
  }

  /** The sum of both, kind by kind. */
  public WorkCounts plus(WorkCounts other) {
    Map<Work, Long> sum = new EnumMap<>(Work.class);
    for (Work work : Work.values()) {
      sum.put(work, of(work) + other.of(work));
    }
    return new WorkCounts(sum);
  }
}
