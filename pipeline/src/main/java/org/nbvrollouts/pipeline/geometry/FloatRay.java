package org.nbvrollouts.pipeline.geometry;

/**
 * A ray in float, for tests against the boxes of a {@link Bvh} that may only err on one side: a box
 * is never left out if {@link RayTriangle} accepts a face in it, and is never entered later than
 * that face. Float tests then discard what cannot win and nothing else.
 *
 * <p>Why this holds. Let L be the largest absolute coordinate of the mesh and u = 2⁻²⁴, the
 * rounding of a float. A face box of {@link RayTriangle} has a plane at n; the box in the tree has
 * the corresponding plane at N, farther out by at least 16uL, of which storing it in float may take
 * uL. The ray parameter of that plane is computed as {@code (N - o) * i}, o being the origin and i
 * the inverse of the direction, both rounded to float: o is off by u|o|; the difference, i and the
 * product are each off by a factor 1 ± u.
 *
 * <p>Measured as a distance along the axis, the error is at most u|o| + 3u(L + |o|) up to terms of
 * second order. With |o| at most 2L that is 11uL, less than the 15uL that are left. So the entry is
 * not above, and the exit not below, that of the face box in double, whose own rounding is 2⁻²⁸
 * times smaller. A plane behind the origin may get any negative parameter, which is cut off at the
 * smallest wanted t, at least 0.
 *
 * <p>The inverse is limited to 2⁶⁴, so that nothing overflows and no NaN arises. A direction
 * component that is smaller than its limit would place the exit too early, were it not that the
 * exit plane lies at least 4uL away from an origin within the slab: its parameter is then at least
 * 2⁴²L, and the ray has left the mesh along its main axis long before. Entries only become earlier.
 *
 * <p>All this needs ranges in which float neither overflows nor loses bits to denormal numbers.
 * Rays and meshes outside of them are left to double arithmetic. One instance belongs to one
 * thread.
 */
final class FloatRay {
  private static final double LARGEST_SCALE = 0x1p30;
  private static final double LARGEST_DIRECTION = 0x1p20;
  private static final double LARGEST_T_MIN = 0x1p60;
  private static final float LARGEST_INVERSE = 0x1p64f;
  private static final double ORIGIN_REACH = 2;
  private static final double ROUND_DOWN = 1 - 0x1p-22;

  /** Origin. */
  float originX;

  float originY;
  float originZ;

  /** Inverse of the direction, of its sign, at most 2⁶⁴. */
  float inverseX;

  float inverseY;
  float inverseZ;

  /** Bits of a float that is at most the smallest wanted ray parameter, not negative. */
  int tMinBits;

  private final double largestOrigin;

  FloatRay(float largestCoordinate) {
    boolean isInRange =
        largestCoordinate >= 1 / LARGEST_SCALE && largestCoordinate <= LARGEST_SCALE;
    largestOrigin = isInRange ? ORIGIN_REACH * largestCoordinate : -1;
  }

  /** Takes a ray; false if it lies outside the range for which the float tests are proven. */
  boolean prepare(RayTriangle ray) {
    double reach = Math.max(Math.max(Math.abs(ray.ox), Math.abs(ray.oy)), Math.abs(ray.oz));
    double along = Math.abs(ray.scaleZ);
    if (!(reach <= largestOrigin
        && along <= LARGEST_DIRECTION
        && along >= 1 / LARGEST_DIRECTION
        && ray.tMin >= 0
        && ray.tMin <= LARGEST_T_MIN)) {
      return false;
    }
    originX = (float) ray.ox;
    originY = (float) ray.oy;
    originZ = (float) ray.oz;
    inverseX = limited((float) ray.inverseX);
    inverseY = limited((float) ray.inverseY);
    inverseZ = limited((float) ray.inverseZ);
    tMinBits = Float.floatToRawIntBits((float) (ray.tMin * ROUND_DOWN));
    return true;
  }

  private static float limited(float inverse) {
    float atMost = inverse < LARGEST_INVERSE ? inverse : LARGEST_INVERSE;
    return atMost > -LARGEST_INVERSE ? atMost : -LARGEST_INVERSE;
  }

  /** Bits of the least float that is not below a ray parameter or squared distance. */
  static int bitsNotBelow(double value) {
    // Adding 0 turns a negative zero, whose bits are the least of all integers, into a positive
    // one.
    float rounded = (float) value + 0f;
    return Float.floatToRawIntBits(rounded < value ? Math.nextUp(rounded) : rounded);
  }
}
