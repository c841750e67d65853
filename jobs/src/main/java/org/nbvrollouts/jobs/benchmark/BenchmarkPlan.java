package org.nbvrollouts.jobs.benchmark;

import java.nio.file.Path;
import java.util.List;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * What to measure.
 *
 * @param varied what differs between the points
 * @param points in the order they are measured
 * @param threads rows built at the same time
 * @param repetitions builds of every point, of which the fastest counts
 * @param folder where scenes are kept and stores are written
 */
public record BenchmarkPlan(
    Varied varied, List<BenchmarkPoint> points, int threads, int repetitions, Path folder) {
  private static final int MOST_THREADS = 1024;
  private static final int MOST_REPETITIONS = 100;

  public BenchmarkPlan {
    points = List.copyOf(points);
    requireWithin("number of threads", threads, 1, MOST_THREADS);
    requireWithin("number of repetitions", repetitions, 2, MOST_REPETITIONS);
  }

  /**
   * A base point with one value after another of what varies.
   *
   * @throws RefusedInputException if values are out of range or do not ascend
   */
  public static List<BenchmarkPoint> points(
      BenchmarkPoint base, Varied varied, List<Integer> values) {
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i) <= values.get(i - 1)) {
        throw new RefusedInputException(
            "Invalid values: " + values + " (expected each larger than the one before)");
      }
    }
    return values.stream().map(value -> base.with(varied, value)).toList();
  }

  /** Rows that the scenes of all points have, so that points differ in what varies alone. */
  int rowsOfScene() {
    return points.stream().mapToInt(BenchmarkPoint::rows).max().orElseThrow();
  }

  private static void requireWithin(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new RefusedInputException(
          "Invalid " + name + ": " + value + " (expected " + least + " to " + most + ")");
    }
  }
}
