package org.nbvrollouts.pipeline.geometry;

/**
 * A point in float, for squared distances to the boxes of a {@link Bvh} that are never above the
 * one {@link PointTriangle} gives for a face in the box.
 *
 * <p>Why this holds. Let L be the largest absolute coordinate of the mesh, u = 2⁻²⁴, and the point
 * within 2L. A plane of the box lies at least 24uL outside of the face, of which storing it may
 * take uL. The point is off by 2uL and the difference of both by 3uL, so a gap in float is below
 * the true gap by at least 18uL, or 0. Gaps are at most 3L: squaring and adding them in float makes
 * them longer by less than 2u·3L = 6uL. What is left, 12uL, exceeds the rounding of the double
 * formula, a squared distance of about 2⁻⁵²·9L², many times.
 *
 * <p>Points and meshes outside of the range where this is proven, or where products of four lengths
 * leave the range of floats, are left to double arithmetic. One instance belongs to one thread.
 */
final class FloatPoint {
  private static final double LARGEST_SCALE = 0x1p24;
  private static final double REACH = 2;

  float x;
  float y;
  float z;
  private final double largest;

  FloatPoint(float largestCoordinate) {
    boolean isInRange =
        largestCoordinate >= 1 / LARGEST_SCALE && largestCoordinate <= LARGEST_SCALE;
    largest = isInRange ? REACH * largestCoordinate : -1;
  }

  /** Takes a point; false if it lies outside the range for which the float tests are proven. */
  boolean prepare(double px, double py, double pz) {
    x = (float) px;
    y = (float) py;
    z = (float) pz;
    return Math.abs(px) <= largest && Math.abs(py) <= largest && Math.abs(pz) <= largest;
  }
}
