package org.nbvrollouts.pipeline.reference;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * z-depth of an ideal camera, every pixel against every face (specification generation 5). The
 * camera frame is x left, y up, z forward; pixels count from the top left.
 */
final class ReferenceDepth {
  /** Depth of a pixel whose ray hits nothing. */
  public static final double MISS_DEPTH = -1;

  /** Face of a pixel whose ray hits nothing. */
  public static final int MISS_FACE = ReferenceRays.MISS_FACE;

  private final ReferenceRays rays;
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
    this.rays = new ReferenceRays(mesh);
    this.camera = camera;
    this.znear = znear;
    this.zfar = zfar;
  }

  /**
   * One pixel of a view.
   *
   * @param worldFromCamera pose of the camera
   */
  public Pixel pixel(Pose12 worldFromCamera, int row, int column) {
    ReferenceRays.Hit hit =
        rays.nearest(worldFromCamera, direction(row, column), znear, Double.POSITIVE_INFINITY);
    return hit.face() == MISS_FACE
        ? new Pixel(MISS_DEPTH, MISS_FACE, false)
        : new Pixel(hit.t(), hit.face(), hit.t() > 1.01 * znear && hit.t() < 0.99 * zfar);
  }

  /**
   * World points of the valid pixels in rows and columns 0, s, 2s, …, row by row.
   *
   * @param worldFromCamera pose of the camera
   * @param stride s, at least 1
   */
  public List<Point3> points(Pose12 worldFromCamera, int stride) {
    List<Point3> points = new ArrayList<>();
    for (int row = 0; row < camera.height(); row += stride) {
      for (int column = 0; column < camera.width(); column += stride) {
        Pixel pixel = pixel(worldFromCamera, row, column);
        if (pixel.isValid()) {
          points.add(ReferenceRays.at(worldFromCamera, direction(row, column), pixel.depth()));
        }
      }
    }
    return points;
  }

  /** Ray of a pixel with a third component of 1, so that its parameter is the depth. */
  private Point3 direction(int row, int column) {
    return new Point3(
        -(column + 0.5 - camera.cx()) / camera.fx(), -(row + 0.5 - camera.cy()) / camera.fy(), 1);
  }
}
