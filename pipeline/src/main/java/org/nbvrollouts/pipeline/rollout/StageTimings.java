package org.nbvrollouts.pipeline.rollout;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Nanoseconds per stage. Not part of any result: two runs of one row differ here and nowhere else.
 */
public record StageTimings(Map<Stage, Long> nanoseconds) {
  /** Nothing measured. */
  public static final StageTimings ZERO = new StageTimings(Map.of());

  public StageTimings {
    Map<Stage, Long> complete = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      complete.put(stage, nanoseconds.getOrDefault(stage, 0L));
    }
    nanoseconds = Collections.unmodifiableMap(complete);
  }

  /** Nanoseconds of a stage. */
  public long of(Stage stage) {
    return nanoseconds.get(stage);
  }

  /** The sum of both, stage by stage. */
  public StageTimings plus(StageTimings other) {
    Map<Stage, Long> sum = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      sum.put(stage, of(stage) + other.of(stage));
    }
    return new StageTimings(sum);
  }
}
