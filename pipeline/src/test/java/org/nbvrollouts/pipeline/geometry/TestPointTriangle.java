package org.nbvrollouts.pipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TestPointTriangle {
  @Test
  void trap3SmallTrianglesAreMeasuredToTheirEdgesAndAllIsSquared() {
    double threshold = PointTriangle.minCrossSquared(PointTriangle.DEFAULT_MIN_AREA_M2);
    float[] small = {0, 0, 0, 0.08f, 0, 0, 0, 0.08f, 0};
    float[] large = {0, 0, 0, 0.8f, 0, 0, 0, 0.8f, 0};
    assertThat(PointTriangle.squaredDistance(0.02, 0.02, 0.5, small, 0, threshold))
        .as("to the edge 2 cm away")
        .isCloseTo(0.25 + 0.02 * 0.02, Offset.offset(1e-15));
    assertThat(PointTriangle.squaredDistance(0.02, 0.02, 0.5, small, 0, 0)).isEqualTo(0.25);
    assertThat(PointTriangle.squaredDistance(0.02, 0.02, 0.5, large, 0, threshold)).isEqualTo(0.25);
  }

  @Test
  void shortEdgeCountsAsItsSecondEndPoint() {
    float[] corners = {0, 0, 0, 0.00005f, 0, 0, 0, 0.00005f, 0};
    double toSecond = square(0.00005f) + 1;
    assertThat(PointTriangle.squaredDistance(0, 0, 1, corners, 0, 0)).isEqualTo(1.0);
    assertThat(PointTriangle.squaredDistance(0, 0, 1, corners, 0, 1)).isEqualTo(toSecond);
  }

  @Test
  void noDegenerateTriangleGivesNaNOrLessThanTheExactDistance() {
    SplittableRandom random = new SplittableRandom(17);
    for (int i = 0; i < 20_000; i++) {
      float[] corners = sliver(random);
      double x = random.nextDouble() - 0.5;
      double y = random.nextDouble() - 0.5;
      double z = random.nextDouble() - 0.5;
      double exact = PointTriangle.squaredDistance(x, y, z, corners, 0, 0);
      double thresholded = PointTriangle.squaredDistance(x, y, z, corners, 0, 1e-4);
      assertThat(exact).as("seed=17, triangle %d", i).isNotNaN();
      // Both measure to a point of the triangle; slivers beside the threshold differ by rounding.
      assertThat(thresholded).as("seed=17, triangle %d", i).isGreaterThanOrEqualTo(exact - 1e-12);
      assertThat(exact)
          .as("seed=17, triangle %d", i)
          .isLessThanOrEqualTo(sampled(corners, x, y, z) + 2.1e-4);
    }
  }

  /** Least squared distance to points on the triangle, never below the exact one. */
  private static double sampled(float[] corners, double x, double y, double z) {
    double best = Double.POSITIVE_INFINITY;
    int steps = 8;
    for (int i = 0; i <= steps; i++) {
      for (int j = 0; i + j <= steps; j++) {
        double d2 = 0;
        double[] point = {x, y, z};
        for (int axis = 0; axis < 3; axis++) {
          double q =
              corners[axis]
                  + (double) i / steps * (corners[3 + axis] - corners[axis])
                  + (double) j / steps * (corners[6 + axis] - corners[axis]);
          d2 += square(point[axis] - q);
        }
        best = Math.min(best, d2);
      }
    }
    return best;
  }

  /** Three nearly or exactly collinear, or nearly or exactly coinciding corners. */
  private static float[] sliver(SplittableRandom random) {
    float[] corners = new float[9];
    double along = random.nextInt(4) == 0 ? 0 : random.nextDouble();
    double width = random.nextInt(3) == 0 ? 0 : StrictMath.pow(10, -8 * random.nextDouble());
    for (int axis = 0; axis < 3; axis++) {
      double a = random.nextDouble() - 0.5;
      double b = random.nextInt(5) == 0 ? a : random.nextDouble() - 0.5;
      corners[axis] = (float) a;
      corners[3 + axis] = (float) b;
      corners[6 + axis] = (float) (a + along * (b - a) + width * (random.nextDouble() - 0.5));
    }
    return corners;
  }

  private static double square(double value) {
    return value * value;
  }
}
