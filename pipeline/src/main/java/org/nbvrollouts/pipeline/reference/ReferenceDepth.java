package org.nbvrollouts.pipeline.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.pipeline.geometry.RayTriangle;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * z-depth of an ideal camera, every pixel against every face (specification generation 5). The
 * camera frame is x left, y up, z forward; pixels count from the top left.
 */
public final class ReferenceDepth {
  /** Depth of a pixel whose ray hits nothing. */
  public static final double MISS_DEPTH = -1;

  /** Face of a pixel whose ray hits nothing. */
  public static final int MISS_FACE = -1;

  private final List<float[]> corners;
  private final RayTriangle ray;
  private final PinholeCamera camera;
  private final double znear;
  private final double zfar;

  /**
   * What one pixel sees.
   *
   * @param depth along the viewing axis, metres, or {@link #MISS_DEPTH}
   * @param face the lowest index of equally near ones, or {@link #MISS_FACE}
   * @param isValid depth strictly between 1.01·near and 0.99·far
   */
  public record Pixel(double depth, int face, boolean isValid) {}

  /**
   * Prepares a camera.
   *
   * @param znear least depth that is seen, metres
   * @param zfar depth from which pixels are invalid, metres
   */
  public ReferenceDepth(TriangleMesh mesh, PinholeCamera camera, double znear, double zfar) {
    this.corners =
        IntStream.range(0, mesh.faceCount())
            .mapToObj(face -> ReferenceFaces.corners(mesh, face))
            .toList();
    this.camera = camera;
    this.znear = znear;
    this.zfar = zfar;
    float largest = 0;
    for (float[] face : corners) {
      for (float coordinate : face) {
        largest = Math.max(largest, Math.abs(coordinate));
      }
    }
    this.ray = new RayTriangle(RayTriangle.padFor(largest));
  }

  /**
   * One pixel of a view.
   *
   * @param pose world from camera
   */
  public Pixel pixel(Pose12 pose, int row, int column) {
    double x = leftward(column);
    double y = upward(row);
    ray.prepare(
        pose.tx(),
        pose.ty(),
        pose.tz(),
        pose.r00() * x + pose.r01() * y + pose.r02(),
        pose.r10() * x + pose.r11() * y + pose.r12(),
        pose.r20() * x + pose.r21() * y + pose.r22(),
        znear);
    int seen = MISS_FACE;
    double depth = Double.POSITIVE_INFINITY;
    for (int face = 0; face < corners.size(); face++) {
      double hit = ray.intersect(corners.get(face), 0, Double.POSITIVE_INFINITY);
      if (hit < depth) {
        depth = hit;
        seen = face;
      }
    }
    return seen == MISS_FACE
        ? new Pixel(MISS_DEPTH, MISS_FACE, false)
        : new Pixel(depth, seen, depth > 1.01 * znear && depth < 0.99 * zfar);
  }

  /**
   * World points of the valid pixels in rows and columns 0, s, 2s, …, row by row.
   *
   * @param pose world from camera
   * @param stride s, at least 1
   */
  public List<Point3> points(Pose12 pose, int stride) {
    List<Point3> points = new ArrayList<>();
    for (int row = 0; row < camera.height(); row += stride) {
      for (int column = 0; column < camera.width(); column += stride) {
        Pixel pixel = pixel(pose, row, column);
        if (pixel.isValid()) {
          points.add(world(pose, leftward(column), upward(row), pixel.depth()));
        }
      }
    }
    return points;
  }

  private static Point3 world(Pose12 pose, double leftward, double upward, double depth) {
    double x = depth * leftward;
    double y = depth * upward;
    return new Point3(
        pose.r00() * x + pose.r01() * y + pose.r02() * depth + pose.tx(),
        pose.r10() * x + pose.r11() * y + pose.r12() * depth + pose.ty(),
        pose.r20() * x + pose.r21() * y + pose.r22() * depth + pose.tz());
  }

  private double leftward(int column) {
    return -(column + 0.5 - camera.cx()) / camera.fx();
  }

  private double upward(int row) {
    return -(row + 0.5 - camera.cy()) / camera.fy();
  }
}
