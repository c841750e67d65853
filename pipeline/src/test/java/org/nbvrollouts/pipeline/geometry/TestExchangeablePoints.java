package org.nbvrollouts.pipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.reference.HostileMeshes;

class TestExchangeablePoints {
  private static final double[] SCALES = {1e-3, 1, 30, 1e4};

  @Test
  void distancesWithoutSomePointsAreThoseToTheOthers() {
    for (int seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double scale = SCALES[seed % SCALES.length];
      Bvh bvh = Bvh.build(HostileMeshes.of(random, scale, new double[3]));
      PointBuffer points = points(random, 1 + random.nextInt(400), scale);
      ExchangeablePoints all = new ExchangeablePoints(bvh, 0.005 * scale * scale, points);
      for (double share : new double[] {0, 0.02, 0.5, 1, 0.1, 0}) {
        BitSet leaving = new BitSet();
        for (int i = 0; i < points.size(); i++) {
          leaving.set(i, random.nextDouble() < share);
        }
        FaceDistances expected = new FaceDistances(bvh, 0.005 * scale * scale);
        expected.lower(without(points, leaving));
        assertSame(all.without(leaving), expected, "seed=" + seed + ", share=" + share);
      }
    }
  }

  @Test
  void oneOfTwoPointsAtTheSamePlaceMayLeave() {
    Bvh bvh = Bvh.build(Meshes.grid(4, 0.25f));
    PointBuffer points = new PointBuffer(3);
    points.add(0.5, 0.5, 0.25);
    points.add(0.5, 0.5, 0.25);
    points.add(0.5, 0.5, 4);
    ExchangeablePoints all = new ExchangeablePoints(bvh, 0, points);
    for (int leaving = 0; leaving < 2; leaving++) {
      BitSet one = new BitSet();
      one.set(leaving);
      assertSame(all.without(one), all.faces(), "leaving " + leaving);
    }
  }

  @Test
  void askingForASumForgetsNothing() {
    SplittableRandom random = new SplittableRandom(8);
    Bvh bvh = Bvh.build(Meshes.soup(random, 300, 1));
    PointBuffer points = points(random, 50, 1);
    ExchangeablePoints all = new ExchangeablePoints(bvh, 0, points);
    all.faces().sumIfLowered(points(random, 50, 1));
    BitSet leaving = new BitSet();
    leaving.set(0, 25);
    FaceDistances expected = new FaceDistances(bvh, 0);
    expected.lower(without(points, leaving));
    assertSame(all.without(leaving), expected, "after a sum");
  }

  @Test
  void refusesPointsThatAreNotFinite() {
    PointBuffer points = new PointBuffer(1);
    points.add(0, Double.NaN, 0);
    Bvh bvh = Bvh.build(Meshes.grid(2, 1));
    assertThatThrownBy(() -> new ExchangeablePoints(bvh, 0, points))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid point 0: NaN (expected finite coordinates)");
  }

  private static void assertSame(FaceDistances actual, FaceDistances expected, String what) {
    for (int face = 0; face < expected.faceCount(); face++) {
      assertThat(actual.at(face)).as("%s, face %d", what, face).isEqualTo(expected.at(face));
    }
    assertThat(actual.sum()).as(what).isEqualTo(expected.sum());
  }

  private static PointBuffer points(SplittableRandom random, int count, double scale) {
    PointBuffer points = new PointBuffer(count);
    for (int i = 0; i < count; i++) {
      points.add(
          scale * (2 * random.nextDouble() - 1),
          scale * (2 * random.nextDouble() - 1),
          scale * (2 * random.nextDouble() - 1));
    }
    return points;
  }

  private static PointBuffer without(PointBuffer points, BitSet leaving) {
    PointBuffer left = new PointBuffer(points.size());
    for (int i = 0; i < points.size(); i++) {
      if (!leaving.get(i)) {
        left.add(points.x(i), points.y(i), points.z(i));
      }
    }
    return left;
  }
}
