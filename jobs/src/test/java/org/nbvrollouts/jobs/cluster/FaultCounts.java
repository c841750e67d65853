package org.nbvrollouts.jobs.cluster;

import java.util.EnumMap;
import java.util.Map;

/** How often each fault of a chaos run happened. Thread-safe. */
final class FaultCounts {
  /** What a chaos run does to a campaign. */
  enum Fault {
    EXECUTOR_KILLED,
    EXECUTOR_FROZEN,
    WORKER_KILLED,
    DRIVER_KILLED,
    SERVER_GONE_FOR_20_S,
    ANSWER_503,
    ANSWER_2_S_LATE,
    ANSWER_LOST,
    ANSWER_CUT,
    TASK_COPIED
  }

  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

  FaultCounts() {
    for (Fault fault : Fault.values()) {
      counts.put(fault, 0);
    }
  }

  synchronized void add(Fault fault, int times) {
    counts.merge(fault, times, Integer::sum);
  }

  synchronized Map<Fault, Integer> all() {
    return new EnumMap<>(counts);
  }
}
