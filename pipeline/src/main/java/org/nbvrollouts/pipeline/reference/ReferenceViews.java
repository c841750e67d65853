package org.nbvrollouts.pipeline.reference;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Whole views of an ideal camera, with the meaning of {@link ReferenceDepth} (specification
 * generation 5).
 */
public final class ReferenceViews {
  private static final double NEAR_SLACK = 1.01;
  private static final double FAR_SLACK = 0.99;

  private final RayMeasure rays;
  private final PinholeCamera camera;
  private final double znear;
  private final double zfar;

  /**
   * Prepares a camera.
   *
   * @param znear least depth that is seen, metres
   * @param zfar depth from which pixels are invalid, metres
   */
  public ReferenceViews(
      TriangleMesh mesh, PinholeCamera camera, double znear, double zfar, LoopMode loops) {
    this(loops.rays(mesh), camera, znear, zfar);
  }

  private ReferenceViews(RayMeasure rays, PinholeCamera camera, double znear, double zfar) {
    this.rays = rays;
    this.camera = camera;
    this.znear = znear;
    this.zfar = zfar;
  }

  /** The same mesh and bounds through another camera. */
  public ReferenceViews with(PinholeCamera other) {
    return new ReferenceViews(rays, other, znear, zfar);
  }

  /**
   * Depth per pixel along the viewing axis in metres, row by row; NaN where it is not valid.
   *
   * @param worldFromCamera pose of the camera
   */
  public double[] depths(Pose12 worldFromCamera) {
    return valid(worldFromCamera, directions(1));
  }

  /**
   * World points of the valid pixels in rows and columns 0, s, 2s, …, row by row.
   *
   * @param worldFromCamera pose of the camera
   * @param stride s, at least 1
   */
  public List<Point3> points(Pose12 worldFromCamera, int stride) {
    List<Point3> directions = directions(stride);
    double[] depths = valid(worldFromCamera, directions);
    List<Point3> points = new ArrayList<>();
    for (int i = 0; i < depths.length; i++) {
      if (!Double.isNaN(depths[i])) {
        points.add(ReferenceRays.at(worldFromCamera, directions.get(i), depths[i]));
      }
    }
    return points;
  }

  private double[] valid(Pose12 worldFromCamera, List<Point3> directions) {
    double[] depths = rays.nearest(worldFromCamera, directions, znear, Double.POSITIVE_INFINITY);
    for (int i = 0; i < depths.length; i++) {
      boolean isValid = depths[i] > NEAR_SLACK * znear && depths[i] < FAR_SLACK * zfar;
      depths[i] = isValid ? depths[i] : Double.NaN;
    }
    return depths;
  }

  /** Rays with a third component of 1, so that their parameter is the depth. */
  private List<Point3> directions(int stride) {
    List<Point3> directions = new ArrayList<>();
    for (int row = 0; row < camera.height(); row += stride) {
      for (int column = 0; column < camera.width(); column += stride) {
        directions.add(
            new Point3(
                -(column + 0.5 - camera.cx()) / camera.fx(),
                -(row + 0.5 - camera.cy()) / camera.fy(),
                1));
      }
    }
    return directions;
  }
}
