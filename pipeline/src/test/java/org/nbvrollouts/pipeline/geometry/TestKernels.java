package org.nbvrollouts.pipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nbvrollouts.pipeline.reference.HostileMeshes;
import org.nbvrollouts.store.source.TriangleMesh;

/** Every kernel against brute force, on what is hard for boxes and faces in float. */
class TestKernels {
  private static final double FAR = Double.POSITIVE_INFINITY;
  private static final int MESHES = 60;
  private static final int RAYS = 80;
  private static final int POINTS = 60;
  private static final double[] SCALES = {1e-9, 1e-3, 1, 30, 1e4, 1e12};
  private static final double[] LENGTHS = {1, 1e-3, 1e-30, 1e5, 1e12};

  private final RayHit expected = new RayHit();
  private final RayHit hit = new RayHit();

  static Stream<Kernel> kernels() {
    return Stream.concat(Stream.of(Kernels.SCALAR), Kernels.vector().stream());
  }

  @Test
  void vectorKernelIsThereWhenTheModuleIs() {
    boolean isResolved = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assumeThat(System.getProperty("os.arch")).isEqualTo("amd64");
    assertThat(Kernels.vector().isPresent()).isEqualTo(isResolved);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void raysFindTheFaceThatBruteForceFinds(Kernel kernel) {
    int hits = 0;
    for (int seed = 0; seed < MESHES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double scale = SCALES[seed % SCALES.length];
      TriangleMesh mesh = HostileMeshes.of(random, scale, centre(random, scale));
      RayCaster caster = new RayCaster(Bvh.build(mesh), kernel);
      BruteForce brute = new BruteForce(mesh);
      for (int i = 0; i < RAYS; i++) {
        double[] origin = origin(random, mesh, scale);
        double[] direction = direction(random, mesh, origin);
        hits += compare(caster, brute, origin, direction, "seed=" + seed + ", ray " + i) ? 1 : 0;
      }
    }
    assertThat(hits).isGreaterThan(MESHES * RAYS / 10);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void raysAlongAxesThroughTheCornersOfAGrid(Kernel kernel) {
    TriangleMesh mesh = Meshes.grid(8, 0.25f);
    RayCaster caster = new RayCaster(Bvh.build(mesh), kernel);
    BruteForce brute = new BruteForce(mesh);
    for (int axis = 0; axis < 3; axis++) {
      for (double sign : new double[] {1, -1}) {
        for (int i = 0; i < 9 * 9 * 3; i++) {
          double[] origin = {0.25 * (i % 9), 0.25 * (i / 9 % 9), i / 81 - 1};
          double[] direction = new double[3];
          direction[axis] = sign;
          direction[(axis + 1) % 3] = -0.0;
          compare(caster, brute, origin, direction, "axis=" + axis + ", ray " + i);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void smallestMeshes(Kernel kernel) {
    for (int faces = 1; faces <= 20; faces++) {
      RayCaster caster = new RayCaster(Bvh.build(Meshes.duplicates(faces)), kernel);
      assertThat(caster.nearest(0.25, 0.25, 1, 0, 0, -1, 0, FAR, hit)).isTrue();
      assertThat(hit.face()).isZero();
      assertThat(caster.nearest(2, 2, 1, 0, 0, -1, 0, FAR, hit)).isFalse();
    }
    assertThat(
            new RayCaster(Bvh.build(Meshes.empty()), kernel).nearest(0, 0, 0, 1, 0, 0, 0, FAR, hit))
        .isFalse();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void pointsFindTheFaceThatBruteForceFinds(Kernel kernel) {
    for (int seed = 0; seed < MESHES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double scale = SCALES[seed % SCALES.length];
      TriangleMesh mesh = HostileMeshes.of(random, scale, centre(random, scale));
      BruteForce brute = new BruteForce(mesh);
      double minArea = seed % 2 == 0 ? 0 : 0.005 * scale * scale;
      PointMeshDistance distance =
          new PointMeshDistance(Bvh.build(mesh), minArea, face -> true, kernel);
      for (int i = 0; i < POINTS; i++) {
        double[] p = i % 2 == 0 ? origin(random, mesh, scale) : near(random, mesh, scale);
        comparePoint(distance, brute, p, minArea, "seed=" + seed + ", point " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void pointsAreMeasuredToKnownFacesOnly(Kernel kernel) {
    TriangleMesh mesh = Meshes.soup(new SplittableRandom(4), 200, 1);
    BruteForce brute = new BruteForce(mesh);
    PointMeshDistance known =
        new PointMeshDistance(Bvh.build(mesh), 0, face -> face % 3 == 1, kernel);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < POINTS; i++) {
      double[] p = {random.nextDouble() - 0.5, random.nextDouble() - 0.5, random.nextDouble()};
      double least = FAR;
      for (int face = 1; face < mesh.faceCount(); face += 3) {
        least = Math.min(least, brute.faceDistance(face, p[0], p[1], p[2], 0));
      }
      assertThat(known.squaredDistance(p[0], p[1], p[2])).as("point %d", i).isEqualTo(least);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void pointsTogetherFindTheFacesThatBruteForceFinds(Kernel kernel) {
    NearestFaces nearest = new NearestFaces();
    for (int seed = 0; seed < MESHES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double scale = SCALES[seed % SCALES.length];
      TriangleMesh mesh = HostileMeshes.of(random, scale, centre(random, scale));
      BruteForce brute = new BruteForce(mesh);
      double minArea = seed % 2 == 0 ? 0 : 0.005 * scale * scale;
      PointBuffer points = new PointBuffer(POINTS);
      for (int i = random.nextInt(2 * POINTS); i >= 0; i--) {
        double[] p = i % 2 == 0 ? origin(random, mesh, scale) : near(random, mesh, scale);
        points.add(p[0], p[1], p[2]);
      }
      new PointMeshDistance(Bvh.build(mesh), minArea, face -> true, kernel)
          .measure(points, nearest);
      assertThat(nearest.size()).isEqualTo(points.size());
      for (int i = 0; i < points.size(); i++) {
        double[] p = {points.x(i), points.y(i), points.z(i)};
        String what = "seed=" + seed + ", point " + i;
        assertThat(nearest.squaredDistance(i))
            .as(what)
            .isEqualTo(brute.squaredDistance(p[0], p[1], p[2], minArea));
        assertThat(nearest.face(i))
            .as(what)
            .isEqualTo(brute.nearestFace(p[0], p[1], p[2], minArea));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void pointsTogetherAreMeasuredToKnownFacesOnly(Kernel kernel) {
    TriangleMesh mesh = Meshes.soup(new SplittableRandom(6), 300, 1);
    BruteForce brute = new BruteForce(mesh);
    PointMeshDistance known =
        new PointMeshDistance(Bvh.build(mesh), 0, face -> face % 5 == 2, kernel);
    PointBuffer points = new PointBuffer(POINTS);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < POINTS; i++) {
      points.add(random.nextDouble() - 0.5, random.nextDouble() - 0.5, random.nextDouble());
    }
    NearestFaces nearest = new NearestFaces();
    known.measure(points, nearest);
    for (int i = 0; i < POINTS; i++) {
      double least = FAR;
      for (int face = 2; face < mesh.faceCount(); face += 5) {
        least = Math.min(least, brute.faceDistance(face, points.x(i), points.y(i), points.z(i), 0));
      }
      assertThat(nearest.squaredDistance(i)).as("point %d", i).isEqualTo(least);
      assertThat(nearest.face(i) % 5).as("point %d", i).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void lowestIndexWinsAmongFacesEquallyNearToPointsTogether(Kernel kernel) {
    PointBuffer points = new PointBuffer(POINTS);
    for (int i = 0; i < POINTS; i++) {
      points.add(0.01 * i, 0.3, 0.1 * (i % 3));
    }
    NearestFaces nearest = new NearestFaces();
    for (int faces : new int[] {1, 7, 8, 9, 65, 777}) {
      new PointMeshDistance(Bvh.build(Meshes.duplicates(faces)), 0, face -> true, kernel)
          .measure(points, nearest);
      for (int i = 0; i < POINTS; i++) {
        assertThat(nearest.face(i)).as("faces=%d, point %d", faces, i).isZero();
      }
    }
  }

  private static void comparePoint(
      PointMeshDistance distance, BruteForce brute, double[] p, double minArea, String what) {
    double least = brute.squaredDistance(p[0], p[1], p[2], minArea);
    int face = brute.nearestFace(p[0], p[1], p[2], minArea);
    assertThat(distance.squaredDistance(p[0], p[1], p[2])).as(what).isEqualTo(least);
    assertThat(distance.nearestFace()).as(what).isEqualTo(face);
    assertThat(distance.squaredDistance(p[0], p[1], p[2], least)).as(what).isEqualTo(least);
    assertThat(distance.nearestFace()).as(what).isEqualTo(face);
    double below = Math.nextDown(least);
    assertThat(distance.squaredDistance(p[0], p[1], p[2], below)).as(what).isEqualTo(below);
    double radius = Math.sqrt(least) * (1 + 1e-9);
    assertThat(distance.isWithin(p[0], p[1], p[2], radius + 1e-150)).as(what).isTrue();
  }

  /** On a face or hardly above it. */
  private static double[] near(SplittableRandom random, TriangleMesh mesh, double scale) {
    int face = random.nextInt(mesh.faceCount());
    double s = random.nextDouble();
    double t = (1 - s) * random.nextInt(2) * random.nextDouble();
    double off = random.nextInt(3) == 0 ? 0 : scale * Math.pow(10, -1 - 9 * random.nextDouble());
    double[] point = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      double a = mesh.cornerCoordinate(face, 0, axis);
      double b = mesh.cornerCoordinate(face, 1, axis);
      double c = mesh.cornerCoordinate(face, 2, axis);
      point[axis] = a + s * (b - a) + t * (c - a) + off * (random.nextDouble() - 0.5);
    }
    return point;
  }

  private boolean compare(
      RayCaster caster, BruteForce brute, double[] o, double[] d, String description) {
    for (double[] range : new double[][] {{0, FAR}, {1e-3, 1}, {-1, 2}, {0.5, 1e200}}) {
      brute.nearest(o, d, range[0], range[1], expected);
      caster.nearest(o[0], o[1], o[2], d[0], d[1], d[2], range[0], range[1], hit);
      assertThat(hit.face()).as(description).isEqualTo(expected.face());
      assertThat(hit.t()).as(description).isEqualTo(expected.t());
    }
    brute.nearest(o, d, 0, FAR, expected);
    if (!expected.isMiss()) {
      double t = expected.t();
      caster.nearest(o[0], o[1], o[2], d[0], d[1], d[2], t, t, hit);
      assertThat(hit.face())
          .as("%s, only at its own parameter", description)
          .isEqualTo(expected.face());
    }
    return !expected.isMiss();
  }

  private static double[] centre(SplittableRandom random, double scale) {
    double away = random.nextInt(3) == 0 ? 50 * scale : 0;
    return new double[] {away, -away, 0.5 * away};
  }

  /** Near the mesh, on one of its vertices or planes, or far away. */
  private static double[] origin(SplittableRandom random, TriangleMesh mesh, double scale) {
    double spread = random.nextInt(6) == 0 ? 1e5 * scale : 3 * scale;
    double[] origin = new double[3];
    int vertex = random.nextInt(mesh.vertexCount());
    for (int axis = 0; axis < 3; axis++) {
      boolean isOnPlane = random.nextInt(3) == 0;
      origin[axis] =
          mesh.coordinate(vertex, axis) + (isOnPlane ? 0 : spread * (2 * random.nextDouble() - 1));
    }
    return origin;
  }

  /** At a vertex, into a face, along an axis, or anywhere; of many lengths. */
  private static double[] direction(SplittableRandom random, TriangleMesh mesh, double[] origin) {
    int face = random.nextInt(mesh.faceCount());
    double s = random.nextInt(2) * random.nextDouble();
    double t = random.nextInt(2) * (1 - s) * random.nextDouble();
    double length = random.nextInt(2) == 0 ? 1 : LENGTHS[random.nextInt(LENGTHS.length)];
    double[] direction = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      double a = mesh.cornerCoordinate(face, 0, axis);
      double b = mesh.cornerCoordinate(face, 1, axis);
      double c = mesh.cornerCoordinate(face, 2, axis);
      double at = a + s * (b - a) + t * (c - a);
      direction[axis] = length * (at - origin[axis]);
      if (random.nextInt(8) == 0) {
        direction[axis] *= random.nextBoolean() ? 0 : 1e-12;
      }
    }
    if (direction[0] == 0 && direction[1] == 0 && direction[2] == 0) {
      direction[random.nextInt(3)] = random.nextBoolean() ? length : -length;
    }
    return direction;
  }
}
