package org.nbvrollouts.pipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.store.source.TriangleMesh;

class TestRayCaster {
  private static final double FAR = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1, 1e6, 1e20})
  void findsTheFaceThatBruteForceFindsAtEveryScale(double scale) {
    for (int seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TriangleMesh mesh = Meshes.soup(random, 1 + random.nextInt(300), scale);
      compareRandomRays(mesh, random, scale, "seed=" + seed + ", scale=" + scale);
    }
  }

  @Test
  void findsTheFaceThatBruteForceFindsOnAGridThroughItsEdgesAndCorners() {
    TriangleMesh mesh = Meshes.grid(16, 0.25f);
    SplittableRandom random = new SplittableRandom(3);
    RayCaster caster = new RayCaster(Bvh.build(mesh));
    BruteForce brute = new BruteForce(mesh);
    for (int i = 0; i < 2000; i++) {
      double[] origin = {random.nextInt(9) - 2, random.nextInt(9) - 2, random.nextInt(3) - 1};
      double[] target = {random.nextInt(33) * 0.125, random.nextInt(33) * 0.125, 0};
      double[] direction = difference(target, origin);
      if (direction[0] != 0 || direction[1] != 0 || direction[2] != 0) {
        compare(caster, brute, origin, direction, "ray " + i);
      }
    }
  }

  @Test
  void findsTheFaceThatBruteForceFindsForRaysInThePlaneOfAFace() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TriangleMesh mesh = Meshes.soup(random, 60, 1);
      RayCaster caster = new RayCaster(Bvh.build(mesh));
      BruteForce brute = new BruteForce(mesh);
      for (int face = 0; face < mesh.faceCount(); face++) {
        double[] origin = planePoint(mesh, face, random, 3);
        double[] direction = difference(planePoint(mesh, face, random, 3), origin);
        if (direction[0] != 0 || direction[1] != 0 || direction[2] != 0) {
          compare(caster, brute, origin, direction, "seed=" + seed + ", face=" + face);
        }
      }
    }
  }

  @Test
  void lowestIndexWinsAmongCoincidingFaces() {
    RayHit hit = new RayHit();
    RayCaster caster = new RayCaster(Bvh.build(Meshes.duplicates(1000)));
    assertThat(caster.nearest(0.25, 0.25, 1, 0, 0, -1, 0, FAR, hit)).isTrue();
    assertThat(hit.face()).isZero();
    assertThat(hit.t()).isEqualTo(1);
  }

  @Test
  void bothSidesOfAFaceCount() {
    RayHit hit = new RayHit();
    RayCaster caster = new RayCaster(Bvh.build(Meshes.duplicates(1)));
    assertThat(caster.nearest(0.25, 0.25, -2, 0, 0, 1, 0, FAR, hit)).isTrue();
    assertThat(hit.t()).isEqualTo(2);
    assertThat(caster.nearest(0.25, 0.25, 2, 0, 0, -0.5, 0, FAR, hit)).isTrue();
    assertThat(hit.t()).isEqualTo(4);
  }

  @Test
  void rangeOfTheRayParameterIsInclusiveOnBothEnds() {
    RayHit hit = new RayHit();
    RayCaster caster = new RayCaster(Bvh.build(Meshes.duplicates(5)));
    assertThat(caster.nearest(0.25, 0.25, 2, 0, 0, -1, 2, 2, hit)).isTrue();
    assertThat(caster.nearest(0.25, 0.25, 2, 0, 0, -1, 2.0001, 9, hit)).isFalse();
    assertThat(hit.isMiss()).isTrue();
    assertThat(hit.t()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(caster.nearest(0.25, 0.25, 2, 0, 0, -1, 0, 1.9999, hit)).isFalse();
  }

  @Test
  void facesWithoutAreaAreNeverHit() {
    TriangleMesh mesh =
        TriangleMesh.of(new float[] {0, 0, 0, 1, 0, 0, 2, 0, 0}, new int[] {0, 1, 2, 0, 0, 1});
    RayCaster caster = new RayCaster(Bvh.build(mesh));
    assertThat(caster.nearest(0.5, 0, 1, 0, 0, -1, 0, FAR, new RayHit())).isFalse();
  }

  @Test
  void aMeshWithoutFacesIsNeverHit() {
    RayCaster caster = new RayCaster(Bvh.build(Meshes.empty()));
    RayHit hit = new RayHit();
    assertThat(caster.nearest(0, 0, 0, 1, 0, 0, 0, FAR, hit)).isFalse();
    assertThat(hit.face()).isEqualTo(RayHit.MISS);
  }

  @Test
  void noRayFromInsideAClosedSurfaceEscapes() {
    TriangleMesh mesh = closedCube(12);
    RayCaster caster = new RayCaster(Bvh.build(mesh));
    RayHit hit = new RayHit();
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 20_000; i++) {
      int vertex = random.nextInt(mesh.vertexCount());
      double dx = mesh.coordinate(vertex, 0) - 0.013;
      double dy = mesh.coordinate(vertex, 1) - 0.21;
      double dz = mesh.coordinate(vertex, 2) + 0.17;
      assertThat(caster.nearest(0.013, 0.21, -0.17, dx, dy, dz, 0, FAR, hit))
          .as("ray %d", i)
          .isTrue();
    }
  }

  @Test
  void orderOfTheFacesChangesNoHit() {
    SplittableRandom random = new SplittableRandom(5);
    TriangleMesh mesh = Meshes.soup(random, 4000, 1);
    int[] order = Meshes.permutation(random, mesh.faceCount());
    RayCaster one = new RayCaster(Bvh.build(mesh));
    RayCaster other = new RayCaster(Bvh.build(Meshes.reordered(mesh, order)));
    RayHit hit = new RayHit();
    RayHit otherHit = new RayHit();
    for (int i = 0; i < 2000; i++) {
      double[] o = point(random, 2);
      double[] d = point(random, 2);
      one.nearest(o[0], o[1], o[2], d[0], d[1], d[2], 0, FAR, hit);
      other.nearest(o[0], o[1], o[2], d[0], d[1], d[2], 0, FAR, otherHit);
      assertThat(otherHit.t()).as("ray %d", i).isEqualTo(hit.t());
    }
  }

  @Test
  void treeIsTheSameForAnyNumberOfThreads() {
    TriangleMesh mesh = Meshes.soup(new SplittableRandom(9), 100_000, 1);
    Bvh one = Bvh.build(mesh, new ForkJoinPool(1));
    Bvh many = Bvh.build(mesh, new ForkJoinPool(7));
    assertThat(many.nodeBoxes).isEqualTo(one.nodeBoxes);
    assertThat(many.children).isEqualTo(one.children);
    assertThat(many.faceOfSlot).isEqualTo(one.faceOfSlot);
    assertThat(many.corners).isEqualTo(one.corners);
    assertThat(many.wideBoxes).isEqualTo(one.wideBoxes);
    assertThat(many.wideChildren).isEqualTo(one.wideChildren);
  }

  @Test
  void refusesARayThatIsNoRay() {
    RayCaster caster = new RayCaster(Bvh.build(Meshes.duplicates(1)));
    RayHit hit = new RayHit();
    assertThatThrownBy(() -> caster.nearest(0, 0, 0, 0, 0, 0, 0, 1, hit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected finite values and a direction other than 0");
    assertThatThrownBy(() -> caster.nearest(0, Double.NaN, 0, 0, 1, 0, 0, 1, hit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid ray: origin (0.0, NaN, 0.0)");
  }

  private static void compareRandomRays(
      TriangleMesh mesh, SplittableRandom random, double scale, String description) {
    RayCaster caster = new RayCaster(Bvh.build(mesh));
    BruteForce brute = new BruteForce(mesh);
    for (int i = 0; i < 100; i++) {
      double[] origin = point(random, 2 * scale);
      double[] direction = point(random, i % 3 == 0 ? 1 : scale);
      if (i % 7 == 0) {
        direction[random.nextInt(3)] = 0;
      }
      if (i % 2 == 0) {
        int vertex = random.nextInt(mesh.vertexCount());
        for (int axis = 0; axis < 3; axis++) {
          direction[axis] = mesh.coordinate(vertex, axis) - origin[axis];
        }
      }
      compare(caster, brute, origin, direction, description + ", ray " + i);
    }
  }

  private static void compare(
      RayCaster caster, BruteForce brute, double[] o, double[] d, String description) {
    RayHit expected = new RayHit();
    RayHit hit = new RayHit();
    for (double tMax : new double[] {FAR, 1}) {
      brute.nearest(o, d, 0, tMax, expected);
      caster.nearest(o[0], o[1], o[2], d[0], d[1], d[2], 0, tMax, hit);
      assertThat(hit.face()).as(description).isEqualTo(expected.face());
      assertThat(hit.t()).as(description).isEqualTo(expected.t());
    }
  }

  private static double[] point(SplittableRandom random, double size) {
    return new double[] {
      size * (random.nextDouble() - 0.5),
      size * (random.nextDouble() - 0.5),
      size * (random.nextDouble() - 0.5)
    };
  }

  private static double[] planePoint(
      TriangleMesh mesh, int face, SplittableRandom random, double spread) {
    double u = spread * (random.nextDouble() - 0.5);
    double v = spread * (random.nextDouble() - 0.5);
    double[] point = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      double base = mesh.cornerCoordinate(face, 0, axis);
      point[axis] =
          base
              + u * (mesh.cornerCoordinate(face, 1, axis) - base)
              + v * (mesh.cornerCoordinate(face, 2, axis) - base);
    }
    return point;
  }

  private static double[] difference(double[] a, double[] b) {
    return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
  }

  /** A cube of side 2 around the origin whose sides are grids that share their border vertices. */
  private static TriangleMesh closedCube(int cells) {
    TriangleMesh side = Meshes.grid(cells, 2f / cells);
    int perSide = side.vertexCount();
    float[] vertices = new float[18 * perSide];
    int[] faces = new int[18 * side.faceCount()];
    for (int k = 0; k < 6; k++) {
      for (int v = 0; v < perSide; v++) {
        float a = side.coordinate(v, 0) - 1;
        float b = side.coordinate(v, 1) - 1;
        float c = k < 3 ? -1 : 1;
        int base = 3 * (k * perSide + v);
        vertices[base + k % 3] = a;
        vertices[base + (k + 1) % 3] = b;
        vertices[base + (k + 2) % 3] = c;
      }
      int[] sideFaces = side.copyFaces();
      for (int i = 0; i < sideFaces.length; i++) {
        faces[k * sideFaces.length + i] = sideFaces[i] + k * perSide;
      }
    }
    return TriangleMesh.of(vertices, faces);
  }
}
