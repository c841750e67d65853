package org.nbvrollouts.pipeline.geometry;

/**
 * Squared distance between a segment and a triangle. The nearest pair of points lies where the
 * segment crosses the face, at an end of the segment, at a corner of the face, or inside the
 * segment and an edge; each is tried, and every value tried is the distance of two points that
 * exist, so the result is never below the exact one by more than rounding. One instance per thread.
 */
final class SegmentTriangle {
  private static final double EXACT_AREA = 0;
  private static final int STRIDE = Bvh.BLOCK_FACES;

  private double px;
  private double py;
  private double pz;
  private double ux;
  private double uy;
  private double uz;
  private double lengthSquared;

  /** Takes a segment by its ends, metres; they may coincide. */
  void prepare(double x0, double y0, double z0, double x1, double y1, double z1) {
    px = x0;
    py = y0;
    pz = z0;
    ux = x1 - x0;
    uy = y1 - y0;
    uz = z1 - z0;
    lengthSquared = ux * ux + uy * uy + uz * uz;
  }

  /** Squared distance from a point to the segment, m². */
  double squaredDistanceToPoint(double x, double y, double z) {
    double wx = x - px;
    double wy = y - py;
    double wz = z - pz;
    double s = lengthSquared > 0 ? clamp((wx * ux + wy * uy + wz * uz) / lengthSquared) : 0;
    return squared(wx - s * ux, wy - s * uy, wz - s * uz);
  }

  /**
   * Squared distance in m², 0 where the segment crosses the face.
   *
   * @param corners x, y, z of three corners in a block of a tree, metres
   * @param offset index of the first of the nine values
   */
  double squaredDistance(float[] corners, int offset) {
    double ends =
        Math.min(
            PointTriangle.squaredDistance(px, py, pz, corners, offset, STRIDE, EXACT_AREA),
            PointTriangle.squaredDistance(
                px + ux, py + uy, pz + uz, corners, offset, STRIDE, EXACT_AREA));
    if (crosses(corners, offset)) {
      return 0;
    }
    double best = ends;
    for (int corner = 0; corner < 3; corner++) {
      int from = offset + 3 * STRIDE * corner;
      int to = offset + 3 * STRIDE * ((corner + 1) % 3);
      best =
          Math.min(
              best,
              squaredDistanceToPoint(
                  corners[from], corners[from + STRIDE], corners[from + 2 * STRIDE]));
      best = Math.min(best, edge(corners, from, to));
    }
    return best;
  }

  /**
   * Squared distance between two points inside the segment and an edge that are nearest to each
   * other, if they exist; parallel edges have such a pair at a corner or an end as well.
   */
  private double edge(float[] corners, int from, int to) {
    double rx = px - corners[from];
    double ry = py - corners[from + STRIDE];
    double rz = pz - corners[from + 2 * STRIDE];
    double ex = (double) corners[to] - corners[from];
    double ey = (double) corners[to + STRIDE] - corners[from + STRIDE];
    double ez = (double) corners[to + 2 * STRIDE] - corners[from + 2 * STRIDE];
    double ee = ex * ex + ey * ey + ez * ez;
    double ue = ux * ex + uy * ey + uz * ez;
    double determinant = lengthSquared * ee - ue * ue;
    if (!(determinant > 0)) {
      return Double.POSITIVE_INFINITY;
    }
    double ur = ux * rx + uy * ry + uz * rz;
    double er = ex * rx + ey * ry + ez * rz;
    double s = clamp((ue * er - ur * ee) / determinant);
    double t = clamp((ue * s + er) / ee);
    s = clamp((ue * t - ur) / lengthSquared);
    return squared(rx + s * ux - t * ex, ry + s * uy - t * ey, rz + s * uz - t * ez);
  }

  private boolean crosses(float[] corners, int offset) {
    double ax = (double) corners[offset + 3 * STRIDE] - corners[offset];
    double ay = (double) corners[offset + 4 * STRIDE] - corners[offset + STRIDE];
    double az = (double) corners[offset + 5 * STRIDE] - corners[offset + 2 * STRIDE];
    double bx = (double) corners[offset + 6 * STRIDE] - corners[offset];
    double by = (double) corners[offset + 7 * STRIDE] - corners[offset + STRIDE];
    double bz = (double) corners[offset + 8 * STRIDE] - corners[offset + 2 * STRIDE];
    double nx = ay * bz - az * by;
    double ny = az * bx - ax * bz;
    double nz = ax * by - ay * bx;
    double wx = px - corners[offset];
    double wy = py - corners[offset + STRIDE];
    double wz = pz - corners[offset + 2 * STRIDE];
    double before = nx * wx + ny * wy + nz * wz;
    double rise = nx * ux + ny * uy + nz * uz;
    double after = before + rise;
    if (rise == 0 || (before > 0 && after > 0) || (before < 0 && after < 0)) {
      return false;
    }
    double s = -before / rise;
    double x = wx + s * ux;
    double y = wy + s * uy;
    double z = wz + s * uz;
    double n2 = nx * nx + ny * ny + nz * nz;
    double u = (y * bz - z * by) * nx + (z * bx - x * bz) * ny + (x * by - y * bx) * nz;
    double v = (ay * z - az * y) * nx + (az * x - ax * z) * ny + (ax * y - ay * x) * nz;
    return u >= 0 && v >= 0 && u + v <= n2;
  }

  private static double clamp(double share) {
    return share <= 0 ? 0 : Math.min(share, 1);
  }

  private static double squared(double x, double y, double z) {
    return x * x + y * y + z * z;
  }
}
