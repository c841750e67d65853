package org.nbvrollouts.pipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.store.source.TriangleMesh;

class TestPointMeshDistance {
  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.3, 1, 1e6})
  void givesTheDistanceAndFaceThatBruteForceGivesAtEveryScale(double scale) {
    for (int seed = 0; seed < 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TriangleMesh mesh = Meshes.soup(random, 1 + random.nextInt(300), scale);
      for (double minArea : new double[] {0, 0.005}) {
        compare(mesh, random, scale, minArea, "seed=" + seed + ", scale=" + scale);
      }
    }
  }

  @Test
  void aBoundBelowTheDistanceIsReturnedItself() {
    PointMeshDistance distance = new PointMeshDistance(Bvh.build(Meshes.duplicates(3)), 0.005);
    assertThat(distance.squaredDistance(0.2, 0.2, 2, 4)).isEqualTo(4);
    assertThat(distance.nearestFace()).isZero();
    assertThat(distance.squaredDistance(0.2, 0.2, 2, 3.5)).isEqualTo(3.5);
    assertThat(distance.nearestFace()).isEqualTo(RayHit.MISS);
  }

  @Test
  void radiusIsInclusive() {
    PointMeshDistance distance = new PointMeshDistance(Bvh.build(Meshes.duplicates(3)), 0.005);
    assertThat(distance.isWithin(0.25, 0.25, 0.5, 0.5)).isTrue();
    assertThat(distance.isWithin(0.25, 0.25, 0.5, 0.4999)).isFalse();
    assertThat(distance.isWithin(0.25, 0.25, 0.5, -1)).isFalse();
  }

  @Test
  void lowestIndexWinsAmongEquallyNearFaces() {
    PointMeshDistance distance = new PointMeshDistance(Bvh.build(Meshes.duplicates(777)), 0);
    distance.squaredDistance(0.3, 0.3, 0.1);
    assertThat(distance.nearestFace()).isZero();
  }

  @Test
  void aMeshWithoutFacesIsInfinitelyFar() {
    PointMeshDistance distance = new PointMeshDistance(Bvh.build(Meshes.empty()), 0);
    assertThat(distance.squaredDistance(0, 0, 0)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(distance.isWithin(0, 0, 0, 1e300)).isFalse();
    assertThat(distance.nearestFace()).isEqualTo(RayHit.MISS);
    NearestFaces nearest = new NearestFaces();
    PointBuffer points = new PointBuffer(1);
    distance.measure(points, nearest);
    assertThat(nearest.size()).isZero();
    points.add(1, 2, 3);
    distance.measure(points, nearest);
    assertThat(nearest.squaredDistance(0)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(nearest.face(0)).isEqualTo(RayHit.MISS);
    assertThatThrownBy(() -> nearest.face(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesPointsAndAreasThatAreNoNumbers() {
    Bvh bvh = Bvh.build(Meshes.duplicates(1));
    PointMeshDistance distance = new PointMeshDistance(bvh, 0);
    assertThatThrownBy(() -> distance.squaredDistance(0, Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid point: (0.0, NaN, 0.0) (expected finite coordinates)");
    PointBuffer points = new PointBuffer(2);
    points.add(0, 0, 0);
    points.add(0, 0, Double.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> distance.measure(points, new NearestFaces()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid point: (0.0, 0.0, -Infinity) (expected finite coordinates)");
    assertThatThrownBy(() -> new PointMeshDistance(bvh, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid min_triangle_area_m2: -1.0 (expected a finite value of at least 0)");
  }

  @Test
  void distanceIsOneLipschitz() {
    SplittableRandom random = new SplittableRandom(21);
    TriangleMesh mesh = Meshes.soup(random, 500, 1);
    PointMeshDistance distance = new PointMeshDistance(Bvh.build(mesh), 0);
    for (int i = 0; i < 2000; i++) {
      double x = 2 * random.nextDouble() - 1;
      double y = 2 * random.nextDouble() - 1;
      double z = 2 * random.nextDouble() - 1;
      double step = random.nextDouble() * 0.2;
      double before = Math.sqrt(distance.squaredDistance(x, y, z));
      double after = Math.sqrt(distance.squaredDistance(x + step, y, z));
      // Edges of squared length up to 1e-8 count as a point: 1e-4 m on either side.
      assertThat(Math.abs(after - before)).as("seed=21, point %d", i).isLessThan(step + 2e-4);
    }
  }

  private static void compare(
      TriangleMesh mesh, SplittableRandom random, double scale, double minArea, String what) {
    PointMeshDistance distance = new PointMeshDistance(Bvh.build(mesh), minArea);
    BruteForce brute = new BruteForce(mesh);
    for (int i = 0; i < 60; i++) {
      int vertex = random.nextInt(mesh.vertexCount());
      double spread = i % 2 == 0 ? 2 * scale : 0.01 * scale;
      double x = mesh.coordinate(vertex, 0) + spread * (random.nextDouble() - 0.5);
      double y = mesh.coordinate(vertex, 1) + spread * (random.nextDouble() - 0.5);
      double z = mesh.coordinate(vertex, 2) + spread * (random.nextDouble() - 0.5);
      double expected = brute.squaredDistance(x, y, z, minArea);
      assertThat(distance.squaredDistance(x, y, z)).as(what).isEqualTo(expected);
      assertThat(distance.nearestFace()).as(what).isEqualTo(brute.nearestFace(x, y, z, minArea));
      assertThat(distance.squaredDistance(x, y, z, expected)).as(what).isEqualTo(expected);
      double radius = Math.sqrt(expected);
      assertThat(distance.isWithin(x, y, z, radius * 1.001 + 1e-300)).as(what).isTrue();
      assertThat(expected > 0 && distance.isWithin(x, y, z, radius * 0.999)).as(what).isFalse();
    }
  }
}
