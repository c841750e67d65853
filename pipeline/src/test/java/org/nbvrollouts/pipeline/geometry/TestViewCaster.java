package org.nbvrollouts.pipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.pipeline.reference.HostileMeshes;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/** Rays of grids of any size cast together against rays cast one by one, with every kernel. */
class TestViewCaster {
  private static final double[] SCALES = {1e-12, 1e-3, 1, 30, 1e4, 1e12};
  private static final int MESHES = 120;
  private static final int VIEWS = 12;

  private final RayHit hit = new RayHit();
  private int accepted;

  static Stream<Kernel> kernels() {
    return TestKernels.kernels();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void viewsOfHostileMeshesAreThoseOfSingleRays(Kernel kernel) {
    int hits = 0;
    for (int seed = 0; seed < MESHES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double scale = SCALES[seed % SCALES.length];
      double away = random.nextInt(3) == 0 ? 50 * scale : 0;
      TriangleMesh mesh = HostileMeshes.of(random, scale, new double[] {away, -away, away / 2});
      Bvh bvh = Bvh.build(mesh);
      for (int view = 0; view < VIEWS; view++) {
        Pose12 pose = pose(random, mesh, scale);
        String what = "seed=" + seed + ", view=" + view;
        hits += compare(bvh, kernel, pose, grid(random), near(random, scale), what);
      }
    }
    assertThat(hits).isGreaterThan(MESHES * VIEWS);
    assertThat(accepted).as("views walked together").isGreaterThan(MESHES * VIEWS / 2);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void viewsOfARoomAreThoseOfSingleRays(Kernel kernel) {
    Bvh bvh = Bvh.build(BumpyRoom.mesh(60_000));
    PinholeCamera camera = new PinholeCamera(100, 75, 50, 50, 49.5, 37);
    RayGrid grid = grid(camera);
    for (int view = 0; view < VIEWS; view++) {
      int hits = compare(bvh, kernel, BumpyRoom.view(view), grid, 0.001, "view=" + view);
      assertThat(hits).as("a closed room").isEqualTo(100 * 75);
    }
    assertThat(accepted).isEqualTo(VIEWS);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void raysThroughTheCornersOfAGridOfFaces(Kernel kernel) {
    Bvh bvh = Bvh.build(Meshes.grid(16, 0.25f));
    double[] at = new double[33];
    for (int i = 0; i < at.length; i++) {
      at[i] = 0.125 * i - 2;
    }
    Pose12 above = new Pose12(1, 0, 0, 0, -1, 0, 0, 0, -1, 2, 2, 1);
    assertThat(compare(bvh, kernel, above, new RayGrid(at, at), 0.5, "above")).isEqualTo(33 * 33);
    assertThat(accepted).isOne();
  }

  /** Faces of which one corner lies behind the camera and another before it. */
  @ParameterizedTest
  @MethodSource("kernels")
  void viewsAmongFacesThatReachBehindTheCamera(Kernel kernel) {
    int hits = 0;
    for (int seed = 0; seed < VIEWS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Bvh bvh = Bvh.build(Meshes.soup(random, 1 + random.nextInt(40), 30));
      Pose12 pose = at(1, 1, 1, 4 * random.nextDouble() - 2);
      hits += compare(bvh, kernel, pose, grid(random), 1e-3, "seed=" + seed);
    }
    assertThat(hits).isPositive();
    assertThat(accepted).isEqualTo(VIEWS);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void viewsOutsideOfTheProofAreCastRayByRay(Kernel kernel) {
    Bvh bvh = Bvh.build(Meshes.soup(new SplittableRandom(3), 300, 4));
    double[] even = {-0.2, 0, 0.2};
    double[] uneven = {-0.2, 0.01, 0.2};
    double[] long4097 = IntStream.range(0, 4097).mapToDouble(i -> i * 1e-4).toArray();
    RayGrid grid = new RayGrid(even, even);
    compare(bvh, kernel, Pose12.IDENTITY, new RayGrid(uneven, even), 0.001, "uneven columns");
    compare(bvh, kernel, Pose12.IDENTITY, new RayGrid(even, uneven), 0.001, "uneven rows");
    compare(bvh, kernel, Pose12.IDENTITY, new RayGrid(long4097, even), 0.001, "many columns");
    compare(bvh, kernel, Pose12.IDENTITY, grid, 0, "nearest 0");
    compare(bvh, kernel, at(1, 1, 1, 1e6), grid, 0.001, "far away");
    compare(bvh, kernel, at(-1, 1, 1, 0), grid, 0.001, "a mirror");
    compare(bvh, kernel, at(0x1p21, 0x1p21, 0x1p21, 0), grid, 1e-7, "a stretched frame");
    compare(bvh, kernel, at(0x1p21, 1, 1, 0), grid, 1e-7, "a frame stretched along x");
    assertThat(accepted).isZero();
    compare(bvh, kernel, Pose12.IDENTITY, grid, 0.001, "a view inside of it");
    assertThat(accepted).isOne();
  }

  private static Pose12 at(double x, double y, double z, double tx) {
    return new Pose12(x, 0, 0, 0, y, 0, 0, 0, z, tx, 0, 0);
  }

  private static RayGrid scratchOf(RayGrid grid) {
    return new RayGrid(
        IntStream.range(0, grid.columns()).mapToDouble(grid::x).toArray(),
        IntStream.range(0, grid.rows()).mapToDouble(grid::y).toArray());
  }

  private int compare(
      Bvh bvh, Kernel kernel, Pose12 pose, RayGrid grid, double nearest, String what) {
    RayCaster single = new RayCaster(bvh, Kernels.SCALAR);
    new ViewCaster(bvh, kernel, 1).cast(pose, nearest, grid);
    accepted += new GridWalk(bvh, kernel).run(pose, nearest, scratchOf(grid)) ? 1 : 0;
    int hits = 0;
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        double x = grid.x(column);
        double y = grid.y(row);
        single.nearest(
            pose.tx(),
            pose.ty(),
            pose.tz(),
            pose.r00() * x + pose.r01() * y + pose.r02(),
            pose.r10() * x + pose.r11() * y + pose.r12(),
            pose.r20() * x + pose.r21() * y + pose.r22(),
            nearest,
            Double.POSITIVE_INFINITY,
            hit);
        assertThat(grid.face(row, column))
            .as("%s, row=%d, column=%d", what, row, column)
            .isEqualTo(hit.face());
        assertThat(grid.depth(row, column))
            .as("%s, row=%d, column=%d", what, row, column)
            .isEqualTo(hit.t());
        hits += hit.isMiss() ? 0 : 1;
      }
    }
    return hits;
  }

  private static double near(SplittableRandom random, double scale) {
    return scale * Math.pow(10, -4 * random.nextDouble());
  }

  private static RayGrid grid(SplittableRandom random) {
    double focal = 1 + 40 * random.nextDouble();
    int width = 1 + random.nextInt(40);
    int height = 1 + random.nextInt(40);
    return grid(new PinholeCamera(width, height, focal, focal * 1.1, 0.5 * width, 0.4 * height));
  }

  private static RayGrid grid(PinholeCamera camera) {
    double[] x = new double[camera.width()];
    for (int column = 0; column < x.length; column++) {
      x[column] = camera.rayX(column);
    }
    double[] y = new double[camera.height()];
    for (int row = 0; row < y.length; row++) {
      y[row] = camera.rayY(row);
    }
    return new RayGrid(x, y);
  }

  /** On a vertex, among the faces, or somewhat outside; along axes or askew, seldom no rotation. */
  private static Pose12 pose(SplittableRandom random, TriangleMesh mesh, double scale) {
    double[] t = new double[3];
    int vertex = random.nextInt(mesh.vertexCount());
    double spread = random.nextInt(3) == 0 ? 0 : 2 * scale;
    for (int axis = 0; axis < 3; axis++) {
      t[axis] = mesh.coordinate(vertex, axis) + spread * (2 * random.nextDouble() - 1);
    }
    double yaw = angle(random);
    double pitch = angle(random);
    double cy = Math.cos(yaw);
    double sy = Math.sin(yaw);
    double cp = Math.cos(pitch);
    double sp = Math.sin(pitch);
    double skew = random.nextInt(5) == 0 ? 0.3 * random.nextDouble() : 0;
    return new Pose12(
        cy + skew, -sy * cp, sy * sp, sy, cy * cp, -cy * sp, 0, sp, cp - skew, t[0], t[1], t[2]);
  }

  private static double angle(SplittableRandom random) {
    return random.nextInt(3) == 0
        ? Math.PI / 2 * random.nextInt(4)
        : 2 * Math.PI * random.nextDouble();
  }
}
