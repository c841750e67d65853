package org.nbvrollouts.pipeline.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongConsumer;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.store.source.Point3;

/** Random cases of a law, and what "equal" means in it. */
final class Cases {
  /** Cases per law, system property {@code reference.cases}. */
  private static final int COUNT = Integer.getInteger("reference.cases", 200);

  /** Seed of the first case, system property {@code reference.seed}. */
  private static final long FIRST_SEED = Long.getLong("reference.seed", 1);

  private static final double RELATIVE = 1e-9;
  private static final double ABSOLUTE_GAIN = 1e-9;

  static {
    System.out.printf(
        "Oracle laws: %d cases each, seeds %d to %d%n", COUNT, FIRST_SEED, FIRST_SEED + COUNT - 1);
  }

  private Cases() {}

  /** Runs a law with one seed after the other. */
  static void forEach(LongConsumer law) {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
      try {
        law.accept(seed);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e, e);
      }
    }
  }

  /** Errors agree to 1e-9 of their size. */
  static void assertSameError(double actual, double expected, String what, long seed) {
    assertSameError(actual, expected, 0, what, seed);
  }

  /**
   * As {@link #assertSameError}, when one side is rounded.
   *
   * @param slackM2 what rounding may add to the difference, m²
   */
  static void assertSameError(
      double actual, double expected, double slackM2, String what, long seed) {
    double size = Math.max(Math.abs(actual), Math.abs(expected));
    assertThat(Math.abs(actual - expected))
        .as("seed %d %s: %s instead of %s", seed, what, actual, expected)
        .isLessThanOrEqualTo(RELATIVE * size + slackM2);
    if (slackM2 == 0) {
      assertSameStored(actual, expected, 0, what, seed);
    }
  }

  /** Gains agree to 1e-9, or to 1e-9 of their size if that is larger than 1. */
  static void assertSameGain(double actual, double expected, String what, long seed) {
    assertThat(Math.abs(actual - expected))
        .as("seed %d %s: %s instead of %s", seed, what, actual, expected)
        .isLessThanOrEqualTo(ABSOLUTE_GAIN * Math.max(1, Math.abs(expected)));
    assertSameStored(actual, expected, ABSOLUTE_GAIN, what, seed);
  }

  /** What a store holds is the float32 of the expected value or one next to it. */
  private static void assertSameStored(
      double actual, double expected, double slack, String what, long seed) {
    float stored = (float) actual;
    double ulp = Math.ulp((float) expected);
    assertThat(Math.abs(stored - (double) (float) expected))
        .as("seed %d stored %s: %s instead of %s", seed, what, stored, (float) expected)
        .isLessThanOrEqualTo(Math.max(ulp, slack));
  }

  /** The points as production holds them. */
  static PointBuffer buffer(List<Point3> points) {
    PointBuffer buffer = new PointBuffer(points.size());
    points.forEach(point -> buffer.add(point.x(), point.y(), point.z()));
    return buffer;
  }

  static List<PointBuffer> buffers(List<List<Point3>> clouds) {
    return clouds.stream().map(Cases::buffer).toList();
  }
}
