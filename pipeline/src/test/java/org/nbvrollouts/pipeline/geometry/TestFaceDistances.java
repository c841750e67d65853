package org.nbvrollouts.pipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.source.TriangleMesh;

class TestFaceDistances {
  /** Relative error of a sum of some thousand terms in another order. */
  private static final double SUM_TOLERANCE = 1e-12;

  @Test
  void everyFaceHasTheDistanceThatBruteForceGives() {
    for (int seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TriangleMesh mesh = Meshes.soup(random, 1 + random.nextInt(400), 2);
      double minArea = seed % 2 == 0 ? 0 : 0.005;
      FaceDistances distances = new FaceDistances(Bvh.build(mesh), minArea);
      BruteForce brute = new BruteForce(mesh);
      double[] expected = new double[mesh.faceCount()];
      java.util.Arrays.fill(expected, Double.POSITIVE_INFINITY);
      for (int round = 0; round < 4; round++) {
        double[] points = points(random, random.nextInt(120), round);
        lower(expected, brute, points, minArea);
        distances.lower(points, points.length / 3);
        double sum = 0;
        for (int face = 0; face < expected.length; face++) {
          assertThat(distances.at(face))
              .as("seed=%d, face=%d", seed, face)
              .isEqualTo(expected[face]);
          sum += expected[face];
        }
        if (Double.isFinite(sum)) {
          double mean = sum / expected.length;
          assertThat(Math.abs(distances.mean() - mean)).isLessThanOrEqualTo(SUM_TOLERANCE * mean);
        }
      }
    }
  }

  @Test
  void meanIfLoweredIsTheMeanAfterLoweringAndChangesNothing() {
    for (int seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TriangleMesh mesh = Meshes.soup(random, 3000, 2);
      FaceDistances distances = new FaceDistances(Bvh.build(mesh), 0.005);
      FaceDistances untouched = distances.copy();
      for (int round = 0; round < 4; round++) {
        double[] tried = points(random, 50, round);
        double[] kept = points(random, 50, round);
        double expected = afterLowering(distances, tried);
        assertThat(distances.meanIfLowered(tried, 50)).as("seed=%d", seed).isEqualTo(expected);
        assertThat(distances.meanIfLowered(tried, 50)).as("seed=%d", seed).isEqualTo(expected);
        distances.lower(kept, 50);
        untouched.lower(kept, 50);
        assertThat(distances.mean()).as("seed=%d", seed).isEqualTo(untouched.mean());
        for (int face = 0; face < mesh.faceCount(); face++) {
          assertThat(distances.at(face)).isEqualTo(untouched.at(face));
        }
      }
    }
  }

  @Test
  void orderOfThePointsAndTheirGroupingChangeNothing() {
    SplittableRandom random = new SplittableRandom(4);
    Bvh bvh = Bvh.build(Meshes.soup(random, 2500, 2));
    double[] points = points(random, 300, 0);
    FaceDistances together = new FaceDistances(bvh, 0.005);
    together.lower(points, 300);
    FaceDistances apart = new FaceDistances(bvh, 0.005);
    for (int i = 299; i >= 0; i--) {
      apart.lower(new double[] {points[3 * i], points[3 * i + 1], points[3 * i + 2]}, 1);
    }
    assertThat(apart.mean()).isEqualTo(together.mean());
  }

  @Test
  void coincidingPointsAndBuffersAreAccepted() {
    Bvh bvh = Bvh.build(Meshes.grid(8, 0.5f));
    FaceDistances distances = new FaceDistances(bvh, 0);
    PointBuffer buffer = new PointBuffer(1);
    for (int i = 0; i < 5000; i++) {
      buffer.add(1, 1, 0.5);
    }
    FaceDistances single = new FaceDistances(bvh, 0);
    single.lower(new double[] {1, 1, 0.5}, 1);
    assertThat(distances.meanIfLowered(buffer)).isEqualTo(single.mean());
    distances.lower(buffer);
    assertThat(distances.mean()).isEqualTo(single.mean());
  }

  @Test
  void trap4TheMeanIsOverFacesWhateverTheirAreas() {
    float[] vertices = {0, 0, 0, 10, 0, 0, 0, 10, 0, 0, 0, 2, 1, 0, 2, 0, 1, 2};
    TriangleMesh mesh = TriangleMesh.of(vertices, new int[] {0, 1, 2, 3, 4, 5});
    FaceDistances distances = new FaceDistances(Bvh.build(mesh), 0.005);
    distances.lower(new double[] {0.25, 0.25, 0}, 1);
    assertThat(distances.at(0)).isZero();
    assertThat(distances.at(1)).isEqualTo(4);
    assertThat(distances.mean()).as("50 m² and 0.5 m² count the same").isEqualTo(2);
  }

  @Test
  void distancesAreInfiniteBeforeTheFirstPoint() {
    FaceDistances distances = new FaceDistances(Bvh.build(Meshes.duplicates(3)), 0);
    assertThat(distances.mean()).isEqualTo(Double.POSITIVE_INFINITY);
    distances.lower(new double[0], 0);
    assertThat(distances.mean()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(new FaceDistances(Bvh.build(Meshes.empty()), 0).mean()).isNaN();
  }

  @Test
  void aPointThatIsNotFiniteIsRefusedAndChangesNothing() {
    FaceDistances distances = new FaceDistances(Bvh.build(Meshes.duplicates(3)), 0);
    distances.lower(new double[] {0, 0, 1}, 1);
    assertThatThrownBy(
            () -> distances.lower(new double[] {0, 0, 0, 0, Double.POSITIVE_INFINITY, 0}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid point 1: Infinity (expected finite coordinates)");
    assertThat(distances.mean()).isEqualTo(1);
  }

  private static double afterLowering(FaceDistances distances, double[] points) {
    FaceDistances copy = distances.copy();
    copy.lower(points, points.length / 3);
    return copy.mean();
  }

  private static void lower(double[] expected, BruteForce brute, double[] points, double minArea) {
    for (int face = 0; face < expected.length; face++) {
      for (int i = 0; i < points.length; i += 3) {
        double d2 = brute.faceDistance(face, points[i], points[i + 1], points[i + 2], minArea);
        expected[face] = Math.min(expected[face], d2);
      }
    }
  }

  private static double[] points(SplittableRandom random, int count, int round) {
    double[] points = new double[3 * count];
    double size = round == 0 ? 3 : 0.5;
    double shift = random.nextDouble() - 0.5;
    for (int i = 0; i < points.length; i++) {
      points[i] = shift + size * (random.nextDouble() - 0.5);
    }
    return points;
  }
}
