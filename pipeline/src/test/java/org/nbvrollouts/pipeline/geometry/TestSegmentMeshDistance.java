package org.nbvrollouts.pipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.source.TriangleMesh;

class TestSegmentMeshDistance {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Edges of at most 0.1 mm count as a point in the distance of an end (specification 6.2). */
  private static final double SHORT_EDGE = 1e-4;

  @Test
  void distanceEqualsBruteForceOnRandomMeshes() {
    long seed = 20_261;
    SplittableRandom random = new SplittableRandom(seed);
    int crossings = 0;
    for (int round = 0; round < 12; round++) {
      TriangleMesh mesh = Meshes.soup(random, 1 + random.nextInt(150), 2);
      SegmentMeshDistance distances = new SegmentMeshDistance(Bvh.build(mesh));
      for (int i = 0; i < 12; i++) {
        double[] p = point(random);
        double[] q = i == 0 ? p.clone() : point(random);
        double squared = distances.squaredDistance(p[0], p[1], p[2], q[0], q[1], q[2], INFINITY);
        double brute = bruteForce(mesh, p, q);
        assertThat(Math.sqrt(squared))
            .as("seed %d, round %d, segment %d", seed, round, i)
            .isCloseTo(brute, within(SHORT_EDGE));
        assertThat(Math.sqrt(squared))
            .as("seed %d, round %d, segment %d: not above what a search finds", seed, round, i)
            .isLessThanOrEqualTo(brute + 1e-7);
        crossings += squared == 0 ? 1 : 0;
      }
    }
    assertThat(crossings).as("seed %d", seed).isPositive();
  }

  @Test
  void boundsCutTheSearchOffWithoutChangingNearerAnswers() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    TriangleMesh mesh = Meshes.soup(random, 200, 2);
    SegmentMeshDistance distances = new SegmentMeshDistance(Bvh.build(mesh));
    for (int i = 0; i < 50; i++) {
      double[] p = point(random);
      double[] q = point(random);
      double free = distances.squaredDistance(p[0], p[1], p[2], q[0], q[1], q[2], INFINITY);
      double bound = 0.02 * random.nextDouble();
      assertThat(distances.squaredDistance(p[0], p[1], p[2], q[0], q[1], q[2], bound))
          .as("seed %d, segment %d", seed, i)
          .isEqualTo(Math.min(free, bound));
    }
  }

  @Test
  void everyKindOfNearestPairIsFound() {
    SegmentMeshDistance unit = new SegmentMeshDistance(Bvh.build(Meshes.duplicates(1)));
    assertSquared(unit, 0, 0.2, 0.2, -1, 0.2, 0.2, 1);
    assertSquared(unit, 0.25, 0.2, 0.2, 0.5, 0.3, 0.3, 2);
    assertSquared(unit, 0.01, -1, -0.1, 0, 2, -0.1, 0);
    assertSquared(unit, 0.04, 0.3, -0.5, 0.2, 0.3, 0.9, 0.2);
    assertSquared(unit, 0.05, -0.2, -1, 0.1, -0.2, 1, 0.1);
    assertSquared(unit, 0.5, -0.5, -0.5, -1, -0.5, -0.5, 1);
    assertSquared(unit, 0, 0.2, 0.2, 0, 0.2, 0.2, 0);
  }

  @Test
  void aMeshWithoutFacesIsInfinitelyFarAndCoordinatesMustBeFinite() {
    SegmentMeshDistance empty = new SegmentMeshDistance(Bvh.build(Meshes.empty()));
    assertThat(empty.squaredDistance(0, 0, 0, 1, 1, 1, INFINITY)).isInfinite();
    assertThatThrownBy(() -> empty.squaredDistance(0, Double.NaN, 0, 1, 1, 1, INFINITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid segment: (0.0, NaN, 0.0) to (1.0, 1.0, 1.0) (expected finite coordinates)");
  }

  private static void assertSquared(SegmentMeshDistance mesh, double expected, double... ends) {
    assertThat(mesh.squaredDistance(ends[0], ends[1], ends[2], ends[3], ends[4], ends[5], INFINITY))
        .isCloseTo(expected, within(1e-12));
  }

  /** The distance from a point to a face is convex along a segment: a golden section finds it. */
  private static double bruteForce(TriangleMesh mesh, double[] p, double[] q) {
    float[] corners = Meshes.corners(mesh);
    double best = INFINITY;
    for (int face = 0; face < mesh.faceCount(); face++) {
      double low = 0;
      double high = 1;
      for (int i = 0; i < 60; i++) {
        double first = low + (high - low) * 0.4;
        double second = low + (high - low) * 0.6;
        if (at(corners, face, p, q, first) <= at(corners, face, p, q, second)) {
          high = second;
        } else {
          low = first;
        }
      }
      best = Math.min(best, at(corners, face, p, q, (low + high) / 2));
    }
    return best;
  }

  private static double at(float[] corners, int face, double[] p, double[] q, double share) {
    return Math.sqrt(
        PointTriangle.squaredDistance(
            p[0] + share * (q[0] - p[0]),
            p[1] + share * (q[1] - p[1]),
            p[2] + share * (q[2] - p[2]),
            corners,
            9 * face,
            0));
  }

  private static double[] point(SplittableRandom random) {
    return new double[] {
      3 * random.nextDouble() - 1.5, 3 * random.nextDouble() - 1.5, 3 * random.nextDouble() - 1.5
    };
  }
}
