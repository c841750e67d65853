package org.nbvrollouts.pipeline.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * A hostile mesh or a piece of a synthetic home, with a target, a root cloud and views of it; a
 * function of its seed.
 */
final class HostileScene {
  /** Column 4 and row 3 look exactly along the axis. */
  static final PinholeCamera CAMERA = new PinholeCamera(9, 7, 5, 5, 4.5, 3.5);

  static final double ZNEAR = 0.001;
  static final double ZFAR = 20;

  /** Every so many seeds, a home. */
  private static final int ONE_IN = 4;

  private static final double[] SCALES = {0.3, 1, 1, 2, 50};
  private static final double[] DISTANCES = {0, 0, 0, 100, 1e5, 3e6};

  final SplittableRandom random;
  final double scale;
  final double[] centre;
  final TriangleMesh mesh;
  final OracleTarget target;

  /** Where a scene lies. */
  enum Place {
    /** Of any size, anywhere up to thousands of kilometres from the origin. */
    ANYWHERE,
    /** About a metre wide at the origin, vertices on a grid on which they can be moved exactly. */
    EXACT
  }

  HostileScene(long seed) {
    this(seed, Place.ANYWHERE);
  }

  HostileScene(long seed, Place place) {
    random = new SplittableRandom(seed);
    boolean isExact = place == Place.EXACT;
    boolean isHome = seed % ONE_IN == 0;
    scale = isExact || isHome ? 1 : SCALES[random.nextInt(SCALES.length)];
    double distance = isExact ? 0 : DISTANCES[random.nextInt(DISTANCES.length)];
    centre = new double[] {distance, -0.7 * distance, 0.3 * distance};
    TriangleMesh made =
        isHome ? HomePieces.of(random, centre) : HostileMeshes.of(random, scale, centre);
    mesh = isExact ? HostileMeshes.rounded(made) : made;
    target = target();
  }

  private OracleTarget target() {
    Pose12 rotation = random.nextBoolean() ? Pose12.IDENTITY : rotation();
    double[] half = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      half[axis] = scale * (0.1 + random.nextDouble());
    }
    return new OracleTarget(
        "target",
        0,
        at(rotation, pointNearCentre(0.5)),
        new AxisAlignedBox(-half[0], half[0], -half[1], half[1], -half[2], half[2]));
  }

  /** A cube around the centre. */
  AxisAlignedBox box(double half) {
    return new AxisAlignedBox(
        centre[0] - half,
        centre[0] + half,
        centre[1] - half,
        centre[1] + half,
        centre[2] - half,
        centre[2] + half);
  }

  /** The rotation of a random unit quaternion. */
  Pose12 rotation() {
    double[] q = new double[4];
    double norm = 0;
    while (norm < 0.01) {
      norm = 0;
      for (int i = 0; i < 4; i++) {
        q[i] = 2 * random.nextDouble() - 1;
        norm += q[i] * q[i];
      }
    }
    double s = 2 / norm;
    return new Pose12(
        1 - s * (q[2] * q[2] + q[3] * q[3]),
        s * (q[1] * q[2] - q[0] * q[3]),
        s * (q[1] * q[3] + q[0] * q[2]),
        s * (q[1] * q[2] + q[0] * q[3]),
        1 - s * (q[1] * q[1] + q[3] * q[3]),
        s * (q[2] * q[3] - q[0] * q[1]),
        s * (q[1] * q[3] - q[0] * q[2]),
        s * (q[2] * q[3] + q[0] * q[1]),
        1 - s * (q[1] * q[1] + q[2] * q[2]),
        0,
        0,
        0);
  }

  /** A camera anywhere, often exactly on a vertex and looking along a wall. */
  Pose12 camera() {
    Pose12 rotation = random.nextInt(3) == 0 ? Pose12.IDENTITY : rotation();
    Point3 place = random.nextInt(3) == 0 ? vertex() : pointNearCentre(1.5);
    return at(rotation, place);
  }

  static Pose12 at(Pose12 rotation, Point3 place) {
    double[] values = rotation.toArray();
    values[9] = place.x();
    values[10] = place.y();
    values[11] = place.z();
    return Pose12.of(values, 0);
  }

  /** Points on vertices, on faces, on cell boundaries, anywhere, repeated and not finite. */
  List<Point3> cloud(int count) {
    List<Point3> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(
          switch (random.nextInt(8)) {
            case 0 -> vertex();
            case 1, 2 -> pointOnFace();
            case 3 -> onCells(pointNearCentre(1));
            case 4 -> points.isEmpty() ? vertex() : points.get(random.nextInt(points.size()));
            default -> pointNearCentre(1);
          });
    }
    return points;
  }

  /** As {@link #cloud}, with rows that fusion must drop. */
  List<Point3> cloudWithDefects(int count) {
    List<Point3> points = cloud(count);
    for (int i = 0; i < count / 20; i++) {
      points.set(
          random.nextInt(count), new Point3(Double.NaN, Double.POSITIVE_INFINITY, centre[2]));
    }
    return points;
  }

  private Point3 vertex() {
    int vertex = random.nextInt(mesh.vertexCount());
    return new Point3(
        mesh.coordinate(vertex, 0), mesh.coordinate(vertex, 1), mesh.coordinate(vertex, 2));
  }

  private Point3 pointOnFace() {
    int face = random.nextInt(mesh.faceCount());
    double s = random.nextDouble();
    double t = (1 - s) * random.nextDouble();
    double[] point = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      double a = mesh.cornerCoordinate(face, 0, axis);
      point[axis] =
          a
              + s * (mesh.cornerCoordinate(face, 1, axis) - a)
              + t * (mesh.cornerCoordinate(face, 2, axis) - a);
    }
    return new Point3(point[0], point[1], point[2]);
  }

  private Point3 pointNearCentre(double reach) {
    double half = reach * scale;
    return new Point3(
        centre[0] + half * (2 * random.nextDouble() - 1),
        centre[1] + half * (2 * random.nextDouble() - 1),
        centre[2] + half * (2 * random.nextDouble() - 1));
  }

  private static Point3 onCells(Point3 point) {
    return new Point3(
        0.02 * Math.rint(point.x() / 0.02), 0.02 * Math.rint(point.y() / 0.02), point.z());
  }
}
