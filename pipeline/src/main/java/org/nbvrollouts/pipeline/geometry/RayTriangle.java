package org.nbvrollouts.pipeline.geometry;

import org.nbvrollouts.store.source.Pose12;

/**
 * A prepared ray and the single test that decides whether and where it meets a triangle, in double.
 *
 * <p>The test is the watertight one of Woop, Benthin and Wald ("Watertight Ray/Triangle
 * Intersection", JCGT 2013): the triangle is moved into a frame in which the ray is the z axis and
 * its 2-D edge functions are compared. Two faces that share an edge evaluate it with exactly
 * opposite results, so no ray slips between them. Both sides of a face count, edges and corners
 * included; a face without area as seen along the ray is skipped.
 *
 * <p>A hit also has to lie in the face's own bounding box, padded by a margin that depends on the
 * mesh alone. Rounding can otherwise report a ray in the plane of a triangle far outside of it. The
 * box test is monotone: a box that contains another has an entry no later and an exit no earlier,
 * rounding included. Whatever the test accepts is therefore also accepted by every enclosing box,
 * and the answer of a search cannot depend on how a tree groups the faces.
 *
 * <p>Most hits are certainly in that box and are spared the test. Let L be the largest coordinate
 * of the mesh, the origin within 2L, u = 2⁻⁵³, and M the sum of the absolute coordinates of the
 * corners beside the ray, two each, at most 36L. Edge functions of equal signs are weights that,
 * divided by their sum d, combine the corners to a point of the face, whose place along the main
 * axis is that of the hit up to a rounding of 2⁸uL. Along the other two axes the point would be on
 * the ray, were the functions not off by uM² each: times M, divided by d, that is less than an
 * eighth of the pad, 2⁻²⁴L, if d is above 2⁻²³M². Storing the planes of the box in float takes
 * another eighth, and the rounding of their parameters, less than 2⁵uL along the axis, next to
 * nothing. So the ray enters the box before the hit and leaves it behind.
 *
 * <p>One instance belongs to one thread.
 */
public final class RayTriangle {
  /** Values between two coordinates of a face in a plain array. */
  private static final int PLAIN = 1;

  /** Pads in twice the size of a mesh. */
  private static final float PADS = 0x1p22f;

  /**
   * Of the squared size of a face in the frame of the ray, what its edge functions have to reach.
   */
  private static final double LEAST_AREA = 0x1p-23;

  double ox;
  double oy;
  double oz;
  double inverseX;
  double inverseY;
  double inverseZ;

  /** Number of the axis along which the direction is largest. */
  int kz;

  /** Numbers of the two axes that follow it in cyclic order. */
  int kx;

  int ky;
  double shearX;
  double shearY;

  /** Inverse of the direction along the main axis. */
  double scaleZ;

  double tMin;
  private final float padMetres;

  /** True if the origin is within twice the size of the mesh. */
  private boolean isOriginNear;

  private int nearX;
  private int nearY;
  private int nearZ;
  double originKx;
  double originKy;
  double originKz;

  /**
   * A predicate for the faces of one mesh.
   *
   * @param padMetres margin of the box test, see {@link #padFor(double)}
   */
  public RayTriangle(float padMetres) {
    this.padMetres = padMetres;
  }

  /**
   * Margin of the box test for a mesh whose largest absolute coordinate is given: 2⁻²¹ of it, about
   * four units in the last place of a float. It dominates the rounding of the double arithmetic for
   * every origin within a million times the size of the mesh, and the rounding of the boxes to
   * float.
   */
  public static float padFor(double largestCoordinateMetres) {
    return (float) (largestCoordinateMetres * 0x1p-21);
  }

  /**
   * Prepares a ray.
   *
   * @throws IllegalArgumentException if the origin is not finite or the direction is not finite or
   *     0
   */
  public void prepare(
      double originX,
      double originY,
      double originZ,
      double dx,
      double dy,
      double dz,
      double smallestT) {
    double sum = originX + originY + originZ + dx + dy + dz;
    if (!Double.isFinite(sum) || (dx == 0 && dy == 0 && dz == 0)) {
      throw new IllegalArgumentException(
          "Invalid ray: origin ("
              + originX
              + ", "
              + originY
              + ", "
              + originZ
              + "), direction ("
              + dx
              + ", "
              + dy
              + ", "
              + dz
              + ") (expected finite values and a direction other than 0)");
    }
    ox = originX;
    oy = originY;
    oz = originZ;
    tMin = smallestT;
    double reach = Math.max(Math.max(Math.abs(ox), Math.abs(oy)), Math.abs(oz));
    isOriginNear = reach <= PADS * padMetres;
    inverseX = dx == 0 ? Double.POSITIVE_INFINITY : 1 / dx;
    inverseY = dy == 0 ? Double.POSITIVE_INFINITY : 1 / dy;
    inverseZ = dz == 0 ? Double.POSITIVE_INFINITY : 1 / dz;
    nearX = dx < 0 ? 3 : 0;
    nearY = dy < 0 ? 4 : 1;
    nearZ = dz < 0 ? 5 : 2;
    double sizeX = Math.abs(dx);
    double sizeY = Math.abs(dy);
    double sizeZ = Math.abs(dz);
    if (sizeX > sizeY && sizeX > sizeZ) {
      shear(0, dy, dz);
    } else if (sizeY > sizeZ) {
      shear(1, dz, dx);
    } else {
      shear(2, dx, dy);
    }
  }

  /**
   * Prepares the ray of a camera through (x, y, 1) of its frame.
   *
   * @throws IllegalArgumentException if pose or ray is not finite
   */
  void prepare(Pose12 pose, double x, double y, double smallestT) {
    prepare(
        pose.tx(),
        pose.ty(),
        pose.tz(),
        pose.r00() * x + pose.r01() * y + pose.r02(),
        pose.r10() * x + pose.r11() * y + pose.r12(),
        pose.r20() * x + pose.r21() * y + pose.r22(),
        smallestT);
  }

  private void shear(int mainAxis, double next, double last) {
    kz = mainAxis;
    kx = mainAxis == 2 ? 0 : mainAxis + 1;
    ky = kx == 2 ? 0 : kx + 1;
    originKz = mainAxis == 0 ? ox : mainAxis == 1 ? oy : oz;
    originKx = mainAxis == 0 ? oy : mainAxis == 1 ? oz : ox;
    originKy = mainAxis == 0 ? oz : mainAxis == 1 ? ox : oy;
    scaleZ = mainAxis == 0 ? inverseX : mainAxis == 1 ? inverseY : inverseZ;
    shearX = next * scaleZ;
    shearY = last * scaleZ;
  }

  /**
   * Ray parameter of the hit, or NaN without one in [smallest t, limit].
   *
   * @param corners x, y, z of the three corners, metres
   * @param offset index of the first of the nine values
   * @param limit largest ray parameter wanted, inclusive
   */
  public double intersect(float[] corners, int offset, double limit) {
    return intersect(corners, offset, PLAIN, limit);
  }

  /** As above, for nine values that lie a stride apart. */
  double intersect(float[] corners, int offset, int stride, double limit) {
    int x = offset + stride * kx;
    int y = offset + stride * ky;
    int z = offset + stride * kz;
    double az = corners[z] - originKz;
    double bz = corners[z + 3 * stride] - originKz;
    double cz = corners[z + 6 * stride] - originKz;
    double ax = corners[x] - originKx - shearX * az;
    double ay = corners[y] - originKy - shearY * az;
    double bx = corners[x + 3 * stride] - originKx - shearX * bz;
    double by = corners[y + 3 * stride] - originKy - shearY * bz;
    double cx = corners[x + 6 * stride] - originKx - shearX * cz;
    double cy = corners[y + 6 * stride] - originKy - shearY * cz;
    double u = cx * by - cy * bx;
    double v = ax * cy - ay * cx;
    double w = bx * ay - by * ax;
    if ((u < 0 || v < 0 || w < 0) && (u > 0 || v > 0 || w > 0)) {
      return Double.NaN;
    }
    double determinant = u + v + w;
    double t = scaleZ * (u * az + v * bz + w * cz) / determinant;
    if (t >= tMin && t <= limit) {
      double size =
          Math.abs(ax)
              + Math.abs(ay)
              + (Math.abs(bx) + Math.abs(by))
              + (Math.abs(cx) + Math.abs(cy));
      boolean isInBox = isOriginNear && Math.abs(determinant) > LEAST_AREA * (size * size);
      if (isInBox || liesInOwnBox(corners, offset, stride, t)) {
        return t;
      }
    }
    return Double.NaN;
  }

  /**
   * Ray parameter at which the ray enters a box, at least the smallest t; positive infinity if it
   * misses the box or enters it after the limit.
   *
   * @param boxes least x, y, z and largest x, y, z, metres
   * @param offset index of the first of the six values
   */
  double entry(float[] boxes, int offset, double limit) {
    double enterX = (boxes[offset + nearX] - ox) * inverseX;
    double enterY = (boxes[offset + nearY] - oy) * inverseY;
    double enterZ = (boxes[offset + nearZ] - oz) * inverseZ;
    double leaveX = (boxes[offset + 3 - nearX] - ox) * inverseX;
    double leaveY = (boxes[offset + 5 - nearY] - oy) * inverseY;
    double leaveZ = (boxes[offset + 7 - nearZ] - oz) * inverseZ;
    // An origin exactly on a plane that the ray runs along gives NaN, which every comparison skips.
    double enter = tMin;
    enter = enterX > enter ? enterX : enter;
    enter = enterY > enter ? enterY : enter;
    enter = enterZ > enter ? enterZ : enter;
    double leave = limit;
    leave = leaveX < leave ? leaveX : leave;
    leave = leaveY < leave ? leaveY : leave;
    leave = leaveZ < leave ? leaveZ : leave;
    return enter <= leave ? enter : Double.POSITIVE_INFINITY;
  }

  private boolean liesInOwnBox(float[] corners, int offset, int stride, double t) {
    double enter = tMin;
    double leave = t;
    for (int axis = 0; axis < 3; axis++) {
      int at = offset + stride * axis;
      float a = corners[at];
      float b = corners[at + 3 * stride];
      float c = corners[at + 6 * stride];
      float lesser = a < b ? a : b;
      float greater = a > b ? a : b;
      double least = Bvh.padDown(lesser < c ? lesser : c, padMetres);
      double largest = Bvh.padUp(greater > c ? greater : c, padMetres);
      double origin = axis == 0 ? ox : axis == 1 ? oy : oz;
      double inverse = axis == 0 ? inverseX : axis == 1 ? inverseY : inverseZ;
      double near = ((inverse < 0 ? largest : least) - origin) * inverse;
      double far = ((inverse < 0 ? least : largest) - origin) * inverse;
      enter = near > enter ? near : enter;
      leave = far < leave ? far : leave;
    }
    return enter <= leave;
  }
}
