package org.nbvrollouts.pipeline.render;

import java.util.Optional;
import java.util.stream.IntStream;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.RayGrid;
import org.nbvrollouts.pipeline.geometry.RayHit;
import org.nbvrollouts.pipeline.geometry.ViewCaster;
import org.nbvrollouts.store.source.Pose12;

/**
 * Renders z-depth of a mesh as an ideal camera sees it (specification generation 5). The camera
 * frame is x left, y up, z forward; both sides of a face are seen; faces nearer than the near bound
 * are not; the far bound only decides about validity. A pixel is valid if its depth lies strictly
 * between 1.01·near and 0.99·far.
 *
 * <p>One instance per thread; nothing is allocated per pixel.
 */
public final class DepthRenderer {
  private static final double NEAR_SLACK = 1.01;
  private static final double FAR_SLACK = 0.99;

  private final PinholeCamera camera;
  private final double nearMetres;
  private final double zfarMetres;
  private final double leastDepth;
  private final double largestDepth;
  private final double[] rayX;
  private final double[] rayY;
  private Optional<RayGrid> grid = Optional.empty();
  private int gridStride;

  /**
   * Prepares the rays of a camera.
   *
   * @param znear least depth that is seen, metres
   * @param zfar depth from which pixels are invalid, metres
   */
  public DepthRenderer(PinholeCamera camera, double znear, double zfar) {
    if (!(znear > 0 && zfar > znear) || Double.isInfinite(zfar)) {
      throw new IllegalArgumentException(
          "Invalid depth range: znear "
              + znear
              + ", zfar "
              + zfar
              + " (expected 0 < znear < zfar)");
    }
    this.camera = camera;
    this.nearMetres = znear;
    this.zfarMetres = zfar;
    this.leastDepth = NEAR_SLACK * znear;
    this.largestDepth = FAR_SLACK * zfar;
    rayX = new double[camera.width()];
    rayY = new double[camera.height()];
    for (int column = 0; column < rayX.length; column++) {
      rayX[column] = camera.rayX(column);
    }
    for (int row = 0; row < rayY.length; row++) {
      rayY[row] = camera.rayY(row);
    }
  }

  /** A renderer with the depth range of this one. */
  public DepthRenderer withCamera(PinholeCamera other) {
    return new DepthRenderer(other, nearMetres, zfarMetres);
  }

  public PinholeCamera camera() {
    return camera;
  }

  /** An image of the size of this camera. */
  public DepthImage newImage() {
    return new DepthImage(camera.width(), camera.height());
  }

  /**
   * Renders every pixel.
   *
   * @param worldFromCamera pose of the camera, frame x left, y up, z forward
   * @param caster asks the mesh
   * @param image receives the view; must have the size of the camera
   */
  public void render(Pose12 worldFromCamera, ViewCaster caster, DepthImage image) {
    requireSize(image);
    RayGrid rays = grid(1);
    caster.cast(worldFromCamera, nearMetres, rays);
    for (int row = 0; row < rayY.length; row++) {
      for (int column = 0; column < rayX.length; column++) {
        int face = rays.face(row, column);
        double depth = face == RayHit.MISS ? DepthImage.MISS_DEPTH : rays.depth(row, column);
        image.set(row, column, depth, face, face != RayHit.MISS && isValid(depth));
      }
    }
  }

  /**
   * Appends the world points of the valid pixels in rows and columns 0, s, 2s, … of a rendered
   * view, row by row.
   *
   * @param stride s, at least 1
   */
  public void backProject(
      DepthImage image, Pose12 worldFromCamera, int stride, PointBuffer pointsWorld) {
    requireSize(image);
    requireStride(stride);
    for (int row = 0; row < rayY.length; row += stride) {
      for (int column = 0; column < rayX.length; column += stride) {
        if (image.isValid(row, column)) {
          append(worldFromCamera, row, column, image.depth(row, column), pointsWorld);
        }
      }
    }
  }

  /**
   * Appends the points that {@link #render} followed by {@link #backProject} would append, bit for
   * bit, and traces only their pixels.
   *
   * @param caster asks the mesh
   * @param stride s, at least 1
   * @param pointsWorld receives the points, world metres
   */
  public void castPoints(
      Pose12 worldFromCamera, ViewCaster caster, int stride, PointBuffer pointsWorld) {
    requireStride(stride);
    RayGrid rays = grid(stride);
    caster.cast(worldFromCamera, nearMetres, rays);
    for (int row = 0; row < rays.rows(); row++) {
      for (int column = 0; column < rays.columns(); column++) {
        double depth = rays.depth(row, column);
        if (isValid(depth)) {
          append(worldFromCamera, stride * row, stride * column, depth, pointsWorld);
        }
      }
    }
  }

  /** The rays of every s-th pixel; kept for the next view. */
  private RayGrid grid(int stride) {
    if (grid.isEmpty() || gridStride != stride) {
      grid = Optional.of(new RayGrid(strided(rayX, stride), strided(rayY, stride)));
      gridStride = stride;
    }
    return grid.get();
  }

  private static double[] strided(double[] values, int stride) {
    return IntStream.range(0, (values.length + stride - 1) / stride)
        .mapToDouble(i -> values[stride * i])
        .toArray();
  }

  private void append(Pose12 pose, int row, int column, double depth, PointBuffer pointsWorld) {
    double x = depth * rayX[column];
    double y = depth * rayY[row];
    pointsWorld.add(pose.applyX(x, y, depth), pose.applyY(x, y, depth), pose.applyZ(x, y, depth));
  }

  private boolean isValid(double depth) {
    return depth > leastDepth && depth < largestDepth;
  }

  private void requireSize(DepthImage image) {
    if (image.width() != camera.width() || image.height() != camera.height()) {
      throw new IllegalArgumentException(
          "Invalid image size: "
              + image.width()
              + " × "
              + image.height()
              + " (expected "
              + camera.width()
              + " × "
              + camera.height()
              + ")");
    }
  }

  static void requireStride(int stride) {
    if (stride < 1) {
      throw new IllegalArgumentException(
          "Invalid backprojection_stride: " + stride + " (expected at least 1)");
    }
  }
}
