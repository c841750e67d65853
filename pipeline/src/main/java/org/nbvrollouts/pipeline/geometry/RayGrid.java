package org.nbvrollouts.pipeline.geometry;

import java.util.Arrays;

/**
 * Rays of an ideal camera, one per pixel of a grid, and what they meet. In the camera frame the ray
 * of a pixel is (x of its column, y of its row, 1), so that the ray parameter of a hit is its
 * depth, in metres if the pose is a rotation. Pixels are numbered row by row. Not thread-safe.
 */
public final class RayGrid {
  private static final double EVEN = 1e-9;

  private final double[] x;
  private final double[] y;
  private final double stepX;
  private final double stepY;
  final double[] depths;
  final int[] faces;

  /**
   * A grid whose rays have met nothing yet.
   *
   * @param x first component of the rays of each column
   * @param y second component of the rays of each row
   * @throws ArithmeticException if there are more than 2³¹ − 1 pixels
   */
  public RayGrid(double[] x, double[] y) {
    this.x = x.clone();
    this.y = y.clone();
    stepX = step(x);
    stepY = step(y);
    depths = new double[Math.multiplyExact(x.length, y.length)];
    faces = new int[depths.length];
    clear();
  }

  public int columns() {
    return x.length;
  }

  public int rows() {
    return y.length;
  }

  /** Depth at which the ray of a pixel meets a face; positive infinity without one. */
  public double depth(int row, int column) {
    return depths[row * x.length + column];
  }

  /** Face that the ray of a pixel meets, {@link RayHit#MISS} without one. */
  public int face(int row, int column) {
    return faces[row * x.length + column];
  }

  double x(int column) {
    return x[column];
  }

  double y(int row) {
    return y[row];
  }

  void clear() {
    Arrays.fill(depths, Double.POSITIVE_INFINITY);
    Arrays.fill(faces, RayHit.MISS);
  }

  /** Difference of neighbouring columns, 1 for a single one, NaN if they differ unevenly. */
  double stepX() {
    return stepX;
  }

  /** Difference of neighbouring rows, 1 for a single one, NaN if they differ unevenly. */
  double stepY() {
    return stepY;
  }

  private static double step(double[] values) {
    if (values.length < 2) {
      return 1;
    }
    double step = (values[values.length - 1] - values[0]) / (values.length - 1);
    for (int i = 0; i < values.length; i++) {
      if (!(Math.abs(values[i] - values[0] - i * step) <= EVEN * Math.abs(step))) {
        return Double.NaN;
      }
    }
    return step;
  }
}
