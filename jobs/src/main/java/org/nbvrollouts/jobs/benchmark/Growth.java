package org.nbvrollouts.jobs.benchmark;

import java.util.List;
import java.util.OptionalDouble;

/** How times grow with a size. */
final class Growth {
  /** Below this a time is mostly noise of the timer, milliseconds. */
  static final double LEAST_MS = 5;

  private Growth() {}

  /**
   * Exponent e of the power law time = c · size^e that is nearest by least squares of logarithms.
   *
   * @param sizes above 0
   * @param milliseconds one per size
   * @return empty with fewer than two sizes, or if a time is too short to say anything
   */
  static OptionalDouble exponent(List<Double> sizes, List<Double> milliseconds) {
    if (sizes.size() < 2 || milliseconds.stream().anyMatch(ms -> ms < LEAST_MS)) {
      return OptionalDouble.empty();
    }
    double meanX = sizes.stream().mapToDouble(Math::log).average().orElseThrow();
    double meanY = milliseconds.stream().mapToDouble(Math::log).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    for (int i = 0; i < sizes.size(); i++) {
      double x = Math.log(sizes.get(i)) - meanX;
      xy += x * (Math.log(milliseconds.get(i)) - meanY);
      xx += x * x;
    }
    return xx > 0 ? OptionalDouble.of(xy / xx) : OptionalDouble.empty();
  }
}
