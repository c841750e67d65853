package org.nbvrollouts.pipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestPointOrder {
  private final PointOrder order = new PointOrder();

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-3, 1, 1e12, Double.MAX_VALUE})
  void everyPointHasOnePlace(double scale) {
    SplittableRandom random = new SplittableRandom(1);
    for (int count : new int[] {0, 1, 2, 77, 5000, 100}) {
      double[] xyz = random.doubles(3 * count + 6).map(v -> scale * (2 * v - 1)).toArray();
      order.sort(xyz, count);
      assertThat(sortedIndices(count)).isEqualTo(IntStream.range(0, count).toArray());
    }
  }

  @Test
  void corneredCellsFollowTheCurve() {
    double[] xyz = new double[24];
    for (int corner = 0; corner < 8; corner++) {
      xyz[3 * corner] = corner >> 2;
      xyz[3 * corner + 1] = corner >> 1 & 1;
      xyz[3 * corner + 2] = corner & 1;
    }
    order.sort(xyz, 8);
    assertThat(indices(8)).containsExactly(0, 4, 2, 6, 1, 5, 3, 7);
  }

  @Test
  void pointsOfOneCellKeepTheirOrder() {
    double[] xyz = new double[300];
    Arrays.fill(xyz, 7.5);
    order.sort(xyz, 100);
    assertThat(indices(100)).isEqualTo(IntStream.range(0, 100).toArray());
  }

  @Test
  void successivePointsAreNear() {
    double[] xyz = new SplittableRandom(3).doubles(30_000).toArray();
    order.sort(xyz, 10_000);
    double length = 0;
    for (int place = 1; place < 10_000; place++) {
      for (int axis = 0; axis < 3; axis++) {
        int before = 3 * order.index(place - 1) + axis;
        length += Math.abs(xyz[3 * order.index(place) + axis] - xyz[before]);
      }
    }
    // As given, steps have a length of 1 on average; the spacing of the points is 0.046.
    assertThat(length / 9_999).isLessThan(0.15);
  }

  private int[] indices(int count) {
    return IntStream.range(0, count).map(order::index).toArray();
  }

  private int[] sortedIndices(int count) {
    return Arrays.stream(indices(count)).sorted().toArray();
  }
}
