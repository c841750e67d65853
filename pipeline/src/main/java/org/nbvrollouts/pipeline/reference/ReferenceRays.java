package org.nbvrollouts.pipeline.reference;

import java.util.List;
import java.util.stream.IntStream;
import org.nbvrollouts.pipeline.geometry.RayTriangle;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/** Asks every face in index order where a ray meets it. */
final class ReferenceRays implements RayMeasure {
  /** Face of a ray that hits nothing. */
  static final int MISS_FACE = -1;

  private final List<float[]> corners;
  private final RayTriangle ray;

  /**
   * The nearest hit.
   *
   * @param t multiple of the direction, infinite without a hit
   * @param face the lowest index of equally near ones, or {@link #MISS_FACE}
   */
  record Hit(double t, int face) {}

  ReferenceRays(TriangleMesh mesh) {
    corners =
        IntStream.range(0, mesh.faceCount())
            .mapToObj(face -> ReferenceFaces.corners(mesh, face))
            .toList();
    ray = new RayTriangle(RayTriangle.padFor(largestCoordinate(corners)));
  }

  static float largestCoordinate(List<float[]> corners) {
    float largest = 0;
    for (float[] face : corners) {
      for (float coordinate : face) {
        largest = Math.max(largest, Math.abs(coordinate));
      }
    }
    return largest;
  }

  @Override
  public double[] nearest(Pose12 pose, List<Point3> directions, double least, double most) {
    return directions.stream()
        .mapToDouble(direction -> nearest(pose, direction, least, most).t())
        .toArray();
  }

  /** Prepares a ray of a frame; returns its direction in the world. */
  static Point3 prepare(RayTriangle ray, Pose12 pose, Point3 direction, double least) {
    double x = direction.x();
    double y = direction.y();
    double z = direction.z();
    Point3 world =
        new Point3(
            pose.r00() * x + pose.r01() * y + pose.r02() * z,
            pose.r10() * x + pose.r11() * y + pose.r12() * z,
            pose.r20() * x + pose.r21() * y + pose.r22() * z);
    ray.prepare(pose.tx(), pose.ty(), pose.tz(), world.x(), world.y(), world.z(), least);
    return world;
  }

  /**
   * Casts a ray from the origin of a frame.
   *
   * @param pose world from that frame
   * @param direction in that frame, of any length
   * @param least smallest multiple of the direction that counts
   * @param most largest one
   */
  Hit nearest(Pose12 pose, Point3 direction, double least, double most) {
    prepare(ray, pose, direction, least);
    Hit hit = new Hit(Double.POSITIVE_INFINITY, MISS_FACE);
    for (int face = 0; face < corners.size(); face++) {
      double t = ray.intersect(corners.get(face), 0, most);
      if (t < hit.t()) {
        hit = new Hit(t, face);
      }
    }
    return hit;
  }

  /** The world point at a multiple of a direction in a frame. */
  static Point3 at(Pose12 pose, Point3 direction, double t) {
    double x = t * direction.x();
    double y = t * direction.y();
    double z = t * direction.z();
    return new Point3(
        pose.r00() * x + pose.r01() * y + pose.r02() * z + pose.tx(),
        pose.r10() * x + pose.r11() * y + pose.r12() * z + pose.ty(),
        pose.r20() * x + pose.r21() * y + pose.r22() * z + pose.tz());
  }
}
