package org.nbvrollouts.pipeline.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;

final class TestVoxelFusion {
  private final VoxelFusion fusion = new VoxelFusion();

  @Test
  void withoutVoxelOnlyPointsThatAreNotFiniteAreDropped() {
    PointBuffer points = Points.of(3, 0, 0, Double.NaN, 0, 0, 1, 0, 0, 1, 0, 0);

    assertSamePoints(
        fusion.fuse(points, 0, VoxelFusion.NO_CAP), Points.of(3, 0, 0, 1, 0, 0, 1, 0, 0));
  }

  @Test
  void anEmptyCloudStaysEmpty() {
    assertThat(fusion.fuse(new PointBuffer(0), 0.02, 10).isEmpty()).isTrue();
    assertThat(fusion.fuse(Points.of(Double.NaN, 0, 0), 0.02, 10).isEmpty()).isTrue();
  }

  @Test
  void cellsMayBeFarApart() {
    PointBuffer points = Points.of(1e15, 0, -1e15, 0, 1e15, 0, -1e15, 0, 1e15, 1e15, 0, -1e15);

    assertSamePoints(
        fusion.fuse(points, 0.02, VoxelFusion.NO_CAP),
        Points.of(-1e15, 0, 1e15, 0, 1e15, 0, 1e15, 0, -1e15));
  }

  @Test
  void hashingGivesTheBytesOfSortedGroups() {
    long seed = 20260601;
    SplittableRandom random = new SplittableRandom(seed);
    for (int trial = 0; trial < 20; trial++) {
      PointBuffer points = Points.random(random, 1 + random.nextInt(3000), 0.3);

      PointBuffer fused = fusion.fuse(points, 0.05, VoxelFusion.NO_CAP);

      assertThat(fused.toArray())
          .as("seed %d trial %d", seed, trial)
          .isEqualTo(sortedGroups(points, 0.05).toArray());
    }
  }

  private static PointBuffer sortedGroups(PointBuffer points, double voxel) {
    Map<List<Long>, double[]> groups =
        new TreeMap<>(
            Comparator.comparing((List<Long> cell) -> cell.get(0))
                .thenComparing(cell -> cell.get(1))
                .thenComparing(cell -> cell.get(2)));
    for (int i = 0; i < points.size(); i++) {
      List<Long> cell = new ArrayList<>();
      double[] xyz = {points.x(i), points.y(i), points.z(i)};
      for (double value : xyz) {
        cell.add((long) Math.floor(value / voxel));
      }
      double[] sum = groups.computeIfAbsent(cell, missing -> new double[4]);
      for (int axis = 0; axis < 3; axis++) {
        sum[axis] += xyz[axis];
      }
      sum[3]++;
    }
    PointBuffer means = new PointBuffer(groups.size());
    groups.values().forEach(sum -> means.add(sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]));
    return means;
  }

  private static void assertSamePoints(PointBuffer actual, PointBuffer expected) {
    assertThat(actual.toArray())
        .containsExactly(expected.toArray(), within(GoldenVectors.TOLERANCE));
  }
}
