package org.nbvrollouts.pipeline.geometry;

/**
 * Squared distance between a point and a triangle (specification generation 6.2), the single
 * formula that decides every point–mesh distance.
 *
 * <p>With n the normal and q the projection of the point on the plane: if the area is at least the
 * given minimum and the barycentric coordinates of q all lie in [0, 1], the squared distance to q.
 * Otherwise the least squared distance to the three edges v0–v1, v0–v2, v1–v2, where an edge of
 * squared length at most 1e-8 counts as its second end point. The value is never below the exact
 * distance, because it is always measured to a point of the triangle.
 *
 * <p>The distance to q is taken to the barycentric combination of the corners and not along the
 * normal: the error of a badly conditioned normal then enters squared. A triangle whose height is
 * below 1e-8 of its longest edge has no usable normal and is measured to its edges, which changes
 * the squared distance by less than the square of that height. No input of finite coordinates gives
 * NaN.
 */
public final class PointTriangle {
  /** Area below which the interior of a face is ignored by default, m². */
  public static final double DEFAULT_MIN_AREA_M2 = 0.005;

  /** Values between two coordinates of a face in a plain array. */
  private static final int PLAIN = 1;

  private static final double SHORT_EDGE_SQUARED = 1e-8;
  private static final double SLIVER_RATIO_SQUARED = 1e-16;

  private PointTriangle() {}

  /** The square of twice an area: the form in which the kernels compare areas. */
  public static double minCrossSquared(double minTriangleAreaM2) {
    if (!(minTriangleAreaM2 >= 0) || Double.isInfinite(minTriangleAreaM2)) {
      throw new IllegalArgumentException(
          "Invalid min_triangle_area_m2: "
              + minTriangleAreaM2
              + " (expected a finite value of at least 0)");
    }
    return 4 * minTriangleAreaM2 * minTriangleAreaM2;
  }

  /**
   * Squared distance in m².
   *
   * @param x first coordinate of the point, metres
   * @param y second coordinate
   * @param z third coordinate
   * @param corners x, y, z of the corners v0, v1, v2, metres
   * @param offset index of the first of the nine values
   * @param minCrossSquared see {@link #minCrossSquared(double)}
   */
  public static double squaredDistance(
      double x, double y, double z, float[] corners, int offset, double minCrossSquared) {
    return squaredDistance(x, y, z, corners, offset, PLAIN, minCrossSquared);
  }

  /** As above, for nine values that lie a stride apart. */
  static double squaredDistance(
      double x,
      double y,
      double z,
      float[] corners,
      int offset,
      int stride,
      double minCrossSquared) {
    double wx = x - corners[offset];
    double wy = y - corners[offset + stride];
    double wz = z - corners[offset + 2 * stride];
    double ax = (double) corners[offset + 3 * stride] - corners[offset];
    double ay = (double) corners[offset + 4 * stride] - corners[offset + stride];
    double az = (double) corners[offset + 5 * stride] - corners[offset + 2 * stride];
    double bx = (double) corners[offset + 6 * stride] - corners[offset];
    double by = (double) corners[offset + 7 * stride] - corners[offset + stride];
    double bz = (double) corners[offset + 8 * stride] - corners[offset + 2 * stride];
    double nx = ay * bz - az * by;
    double ny = az * bx - ax * bz;
    double nz = ax * by - ay * bx;
    double n2 = nx * nx + ny * ny + nz * nz;
    double a2 = ax * ax + ay * ay + az * az;
    double b2 = bx * bx + by * by + bz * bz;
    double longest2 = Math.max(a2, b2);
    if (n2 >= minCrossSquared && n2 > SLIVER_RATIO_SQUARED * longest2 * longest2) {
      double u = ((wy * bz - wz * by) * nx + (wz * bx - wx * bz) * ny + (wx * by - wy * bx) * nz);
      double v = ((ay * wz - az * wy) * nx + (az * wx - ax * wz) * ny + (ax * wy - ay * wx) * nz);
      if (u >= 0 && v >= 0 && u + v <= n2) {
        double inverse = 1 / n2;
        double s = u * inverse;
        double t = v * inverse;
        double dx = wx - (s * ax + t * bx);
        double dy = wy - (s * ay + t * by);
        double dz = wz - (s * az + t * bz);
        return dx * dx + dy * dy + dz * dz;
      }
    }
    double first = segment(wx, wy, wz, ax, ay, az, a2);
    double second = segment(wx, wy, wz, bx, by, bz, b2);
    double cx = bx - ax;
    double cy = by - ay;
    double cz = bz - az;
    double third = segment(wx - ax, wy - ay, wz - az, cx, cy, cz, cx * cx + cy * cy + cz * cz);
    return Math.min(Math.min(first, second), third);
  }

  /** Squared distance from w to the segment from 0 to e, both relative to its first end point. */
  private static double segment(
      double wx, double wy, double wz, double ex, double ey, double ez, double length2) {
    double s = 1;
    if (length2 > SHORT_EDGE_SQUARED) {
      double dot = wx * ex + wy * ey + wz * ez;
      s = dot <= 0 ? 0 : dot >= length2 ? 1 : dot / length2;
    }
    double dx = wx - s * ex;
    double dy = wy - s * ey;
    double dz = wz - s * ez;
    return dx * dx + dy * dy + dz * dz;
  }
}
