package org.nbvrollouts.pipeline.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.geometry.PointTriangle;
import org.nbvrollouts.pipeline.geometry.RayTriangle;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** The two predicates that production and reference share, against exact arithmetic. */
final class TestSharedPredicates {
  private static final int FACES_PER_SCENE = 10;
  private static final double[] AREAS = {0, 0.005};

  /** Rounding of a squared distance in units of the squared distance between point and face. */
  private static final double ROUNDING = 1e-16;

  /** Share of the whole volume below which a ray may pass on either side of an edge. */
  private static final double UNDECIDED = 1e-12;

  private static final double LEAST_T = 1e-3;

  @Test
  void distanceIsTheExactOne() {
    Cases.forEach(
        seed -> {
          HostileScene scene = new HostileScene(seed);
          List<Point3> points = scene.cloud(FACES_PER_SCENE);
          for (Point3 p : points) {
            float[] corners = face(scene);
            double minArea = AREAS[scene.random.nextInt(2)];
            double actual =
                PointTriangle.squaredDistance(
                    p.x(), p.y(), p.z(), corners, 0, PointTriangle.minCrossSquared(minArea));
            double expected =
                new ExactFace(corners)
                    .squaredDistance(ExactFace.Vector.of(p.x(), p.y(), p.z()), minArea);
            double reach = reach(p, corners);
            Cases.assertSameError(
                actual, expected, ROUNDING * reach * reach, "squared distance", seed);
          }
        });
  }

  @Test
  void raysHitWhatTheyExactlyHit() {
    int[] decided = new int[2];
    Cases.forEach(
        seed -> {
          HostileScene scene = new HostileScene(seed);
          for (int i = 0; i < FACES_PER_SCENE; i++) {
            compareRay(scene, decided, seed);
          }
        });
    assertThat(decided[0]).as("decided misses").isPositive();
    assertThat(decided[1]).as("decided hits").isPositive();
  }

  private static void compareRay(HostileScene scene, int[] decided, long seed) {
    float[] corners = face(scene);
    Pose12 camera = scene.camera();
    Point3 origin = new Point3(camera.tx(), camera.ty(), camera.tz());
    Point3 aim = scene.cloud(1).get(0);
    double s = scene.random.nextDouble();
    double[] d = {
      (1 - s) * corners[0] + s * corners[3] + 0.1 * (corners[6] - corners[3]) - origin.x(),
      (1 - s) * corners[1] + s * corners[4] + 0.1 * (corners[7] - corners[4]) - origin.y(),
      (1 - s) * corners[2] + s * corners[5] + 0.1 * (corners[8] - corners[5]) - origin.z()
    };
    if (scene.random.nextInt(4) == 0) {
      d = new double[] {aim.x() - origin.x(), aim.y() - origin.y(), aim.z() - origin.z()};
    }
    double length = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
    if (length == 0) {
      return;
    }
    float largest = 0;
    for (float corner : corners) {
      largest = Math.max(largest, Math.abs(corner));
    }
    RayTriangle ray = new RayTriangle(RayTriangle.padFor(largest));
    ray.prepare(origin.x(), origin.y(), origin.z(), d[0], d[1], d[2], LEAST_T);
    double actual = ray.intersect(corners, 0, Double.POSITIVE_INFINITY);
    ExactFace.Crossing exact =
        new ExactFace(corners)
            .crossing(
                ExactFace.Vector.of(origin.x(), origin.y(), origin.z()),
                ExactFace.Vector.of(d[0], d[1], d[2]));
    double reach = reach(origin, corners);
    double unsure = UNDECIDED * length * reach * reach;
    double least = Math.min(exact.u(), Math.min(exact.v(), exact.w()));
    double most = Math.max(exact.u(), Math.max(exact.v(), exact.w()));
    if (least < -unsure && most > unsure) {
      decided[0]++;
      assertThat(actual).as("seed %d: t of a miss", seed).isNaN();
    } else if ((least > unsure || most < -unsure) && exact.t() > 1.001 * LEAST_T) {
      decided[1]++;
      assertThat(Math.abs(actual - exact.t()))
          .as("seed %d: t of a hit, %s instead of %s", seed, actual, exact.t())
          .isLessThanOrEqualTo(1e-6 * exact.t());
    }
  }

  private static float[] face(HostileScene scene) {
    return ReferenceFaces.corners(scene.mesh, scene.random.nextInt(scene.mesh.faceCount()));
  }

  /** Largest coordinate difference between a point and a face, and within the face. */
  private static double reach(Point3 point, float[] corners) {
    double[] p = {point.x(), point.y(), point.z()};
    double reach = 0;
    for (int i = 0; i < corners.length; i++) {
      reach = Math.max(reach, Math.abs(corners[i] - p[i % 3]));
      reach = Math.max(reach, Math.abs(corners[i] - corners[i % 3]));
    }
    return reach;
  }
}
