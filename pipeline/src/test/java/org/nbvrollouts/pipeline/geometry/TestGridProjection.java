package org.nbvrollouts.pipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/** The margins of {@link GridProjection} against decimal arithmetic. */
class TestGridProjection {
  private static final int VIEWS = 300;
  private static final int POINTS = 100;
  private static final int EDGE_TOLERANCE = 9;
  private static final MathContext DIGITS = new MathContext(60);

  @Test
  void noFunctionIsOffByMoreThanItsMargin() {
    double worst = 0;
    for (int seed = 0; seed < VIEWS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      float largest = (float) Math.pow(10, 6 * random.nextDouble() - 2);
      GridProjection view = new GridProjection(largest);
      Pose12 pose = pose(random, largest);
      double[] x = even(random);
      double[] y = even(random);
      assertThat(view.prepare(pose, 0.001 * largest, new RayGrid(x, y)))
          .as("seed=%d", seed)
          .isTrue();
      BigDecimal[][] exact = functions(pose, x, y);
      BigDecimal[] origin = {big(pose.tx()), big(pose.ty()), big(pose.tz())};
      for (int i = 0; i < POINTS; i++) {
        float[] point = new float[3];
        for (int axis = 0; axis < 3; axis++) {
          point[axis] = (float) (1.01 * largest * (2 * random.nextDouble() - 1));
        }
        for (int function = 0; function < 3; function++) {
          BigDecimal value = value(exact[function], point, origin);
          float computed = view.value(function, point[0], point[1], point[2]);
          double off = value.subtract(big(computed)).abs().doubleValue() / view.margins[function];
          assertThat(off).as("seed=%d point %d function %d", seed, i, function).isLessThan(1);
          worst = Math.max(worst, off);
        }
      }
    }
    assertThat(worst).as("margins are no larger than they need to be").isGreaterThan(0.05);
  }

  @Test
  void noEdgeFunctionIsOffByMoreThanItsTolerance() {
    double worst = 0;
    for (int seed = 0; seed < VIEWS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      float largest = (float) Math.pow(10, 6 * random.nextDouble() - 2);
      double size = largest * Math.pow(10, -5 * random.nextDouble());
      float[] corners = new float[9];
      for (int i = 0; i < corners.length; i++) {
        double middle = i < 3 ? (largest - size) * (2 * random.nextDouble() - 1) : corners[i % 3];
        corners[i] = (float) (middle + size * (2 * random.nextDouble() - 1));
      }
      Bvh bvh = Bvh.build(TriangleMesh.of(corners, new int[] {0, 1, 2}));
      GridProjection view = new GridProjection(bvh.largestCoordinate);
      Pose12 pose = pose(random, bvh.largestCoordinate);
      double[] x = even(random);
      double[] y = even(random);
      assertThat(view.prepare(pose, 0.001 * largest, new RayGrid(x, y))).isTrue();
      ScalarGridProjector projector = new ScalarGridProjector(bvh);
      projector.open(view, bvh.root);
      BigDecimal[] edges = edges(functions(pose, x, y), corners, pose);
      for (int i = 0; i < POINTS; i++) {
        int at = 3 * random.nextInt(3);
        float column = random.nextInt(x.length) - view.lastColumn;
        float row = random.nextInt(y.length) - view.lastRow;
        float computed =
            projector.edges[at] * column + projector.edges[at + 1] * row + projector.edges[at + 2];
        BigDecimal expected =
            edges[at]
                .multiply(big(column))
                .add(edges[at + 1].multiply(big(row)))
                .add(edges[at + 2]);
        double off =
            expected.subtract(big(computed)).abs().doubleValue() / projector.edges[EDGE_TOLERANCE];
        assertThat(off).as("seed=%d pixel %d", seed, i).isLessThan(1);
        worst = Math.max(worst, off);
      }
    }
    assertThat(worst).as("tolerances are not beyond reason").isGreaterThan(0.001);
  }

  /** Cross products of the corners of each edge. */
  private static BigDecimal[] edges(BigDecimal[][] functions, float[] corners, Pose12 pose) {
    BigDecimal[] origin = {big(pose.tx()), big(pose.ty()), big(pose.tz())};
    BigDecimal[][] seen = new BigDecimal[3][3];
    for (int corner = 0; corner < 3; corner++) {
      for (int function = 0; function < 3; function++) {
        float[] point = Arrays.copyOfRange(corners, 3 * corner, 3 * corner + 3);
        seen[corner][function] = value(functions[function], point, origin);
      }
    }
    BigDecimal[] edges = new BigDecimal[9];
    for (int edge = 0; edge < 3; edge++) {
      BigDecimal[] a = seen[edge];
      BigDecimal[] b = seen[(edge + 1) % 3];
      for (int k = 0; k < 3; k++) {
        int next = (k + 1) % 3;
        int last = (k + 2) % 3;
        edges[3 * edge + k] = a[next].multiply(b[last]).subtract(a[last].multiply(b[next]));
      }
    }
    return edges;
  }

  private static BigDecimal value(BigDecimal[] function, float[] point, BigDecimal[] origin) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int axis = 0; axis < 3; axis++) {
      sum = sum.add(function[axis].multiply(big(point[axis]).subtract(origin[axis])), DIGITS);
    }
    return sum;
  }

  /** Column times depth, row times depth, depth, from the middle of the grid. */
  private static BigDecimal[][] functions(Pose12 p, double[] x, double[] y) {
    double[][] r = {
      {p.r00(), p.r01(), p.r02()}, {p.r10(), p.r11(), p.r12()}, {p.r20(), p.r21(), p.r22()}
    };
    BigDecimal determinant = BigDecimal.ZERO;
    BigDecimal[][] inverse = new BigDecimal[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        BigDecimal minor =
            big(r[(j + 1) % 3][(i + 1) % 3])
                .multiply(big(r[(j + 2) % 3][(i + 2) % 3]))
                .subtract(
                    big(r[(j + 1) % 3][(i + 2) % 3]).multiply(big(r[(j + 2) % 3][(i + 1) % 3])));
        inverse[i][j] = minor;
      }
    }
    for (int j = 0; j < 3; j++) {
      determinant = determinant.add(big(r[j][0]).multiply(inverse[0][j]));
    }
    BigDecimal[][] functions = new BigDecimal[3][3];
    for (int axis = 0; axis < 3; axis++) {
      BigDecimal depth = inverse[2][axis].divide(determinant, DIGITS);
      BigDecimal right = inverse[0][axis].divide(determinant, DIGITS);
      BigDecimal up = inverse[1][axis].divide(determinant, DIGITS);
      functions[0][axis] = perStep(right.subtract(middle(x).multiply(depth)), x);
      functions[1][axis] = perStep(up.subtract(middle(y).multiply(depth)), y);
      functions[2][axis] = depth;
    }
    return functions;
  }

  private static BigDecimal middle(double[] values) {
    return big(values[0]).add(big(values[values.length - 1])).divide(big(2), DIGITS);
  }

  private static BigDecimal perStep(BigDecimal value, double[] values) {
    BigDecimal steps = big(values.length - 1);
    BigDecimal step = big(values[values.length - 1]).subtract(big(values[0])).divide(steps, DIGITS);
    return value.divide(step, DIGITS);
  }

  private static BigDecimal big(double value) {
    return new BigDecimal(value);
  }

  private static double[] even(SplittableRandom random) {
    double[] values = new double[2 + random.nextInt(300)];
    double step = (random.nextBoolean() ? 1 : -1) * Math.pow(10, -4 * random.nextDouble());
    double first = 2 * random.nextDouble() - 1;
    for (int i = 0; i < values.length; i++) {
      values[i] = first + i * step;
    }
    return values;
  }

  private static Pose12 pose(SplittableRandom random, double largest) {
    double yaw = 2 * Math.PI * random.nextDouble();
    double pitch = 2 * Math.PI * random.nextDouble();
    double cy = Math.cos(yaw);
    double sy = Math.sin(yaw);
    double cp = Math.cos(pitch);
    double sp = Math.sin(pitch);
    double reach = 2 * largest * (random.nextBoolean() ? 1 : 1e-3);
    return new Pose12(
        cy,
        -sy * cp,
        sy * sp,
        sy,
        cy * cp,
        -cy * sp,
        0,
        sp,
        cp,
        reach * (2 * random.nextDouble() - 1),
        reach * (2 * random.nextDouble() - 1),
        reach * (2 * random.nextDouble() - 1));
  }
}
