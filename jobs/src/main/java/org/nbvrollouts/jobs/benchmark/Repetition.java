package org.nbvrollouts.jobs.benchmark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.nbvrollouts.pipeline.rollout.WorkCounts;

/**
 * One build of all rows of a point.
 *
 * @param seconds from the first row's start to the last one's commit
 * @param stageMs milliseconds of all threads by stage, in the order of the stages
 * @param work what was generated
 * @param rollouts stored
 * @param dataSha256 logical digest of every store, in row order
 * @param memory what it took
 */
record Repetition(
    double seconds,
    Map<String, Double> stageMs,
    WorkCounts work,
    long rollouts,
    List<String> dataSha256,
    Memory memory) {

  Repetition {
    stageMs = Collections.unmodifiableMap(new LinkedHashMap<>(stageMs));
    dataSha256 = List.copyOf(dataSha256);
  }

  /**
   * Bytes.
   *
   * @param allocated by all threads, empty if the JVM does not count
   * @param peakHeap sum of the peaks of all heap pools
   * @param peakResident empty where the system does not tell
   */
  record Memory(OptionalLong allocated, long peakHeap, OptionalLong peakResident) {}

  /** Time of all threads in a stage, 0 if there is no such stage. */
  double milliseconds(String stage) {
    return stageMs.getOrDefault(stage, 0.0);
  }
}
