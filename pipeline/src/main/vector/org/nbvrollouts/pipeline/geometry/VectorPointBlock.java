package org.nbvrollouts.pipeline.geometry;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Bounds in float of the distances between a point and the eight faces of a block, which the
 * distances of {@link PointTriangle} are not below, for points that {@link FloatPoint} accepts.
 *
 * <p>The distance is the least of those to the three edges and, where the point is above the face,
 * to the plane. Why it is not too large by more than what is subtracted from it: let u = 2⁻²⁴, L
 * the largest absolute coordinate of the mesh, a and b the edges from the first corner, w the point
 * less that corner, and θ the angle of a and b.
 *
 * <ul>
 *   <li>Rounding the point costs 2uL per coordinate, the differences w 3uL, a and b 2uL each; the
 *       third edge starts at w − a, off by 12uL, and ends off by 20uL. In all the corners move by
 *       less than 35uL: {@link #SHIFT} allows for 64uL.
 *   <li>The place along an edge is off by 3u|w| plus a few roundings of w and the edge, together
 *       10u(|w| + |a| + |b|), and a distance to another place of the edge is larger, not smaller.
 *   <li>The place on the plane, with barycentric coordinates s and t, is off by 22u|w|/sin²θ along
 *       each edge. Where that makes a point above the face miss it, an edge is not farther from its
 *       foot than that. Faces with sin θ above 1/4 thus lose 704u|w|. With the roundings above this
 *       is less than 1300u times the root of |w|² + |a|² + |b|²: {@link #SPREAD} allows for 2048u.
 *   <li>For a smaller angle the plane is not used. The foot of a point above the face is no farther
 *       from an edge than the radius of the incircle, at most min(|a|, |b|)/4: {@link #SLIVER}.
 * </ul>
 *
 * <p>Faces whose area is certainly below the minimum are measured to their edges, as {@link
 * PointTriangle} does; that short edges count as points only makes its distances larger. A tiny
 * term keeps squared lengths away from 0 and costs 5e-16 m, less than uL; a face whose normal is
 * shorter than its root counts as a sliver.
 *
 * <p>The work is cut into methods that are small enough for the compiler to keep all vectors in
 * registers; between them values lie in rows of eight.
 */
final class VectorPointBlock {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final int SIGN = 31;
  private static final int ROW = Bvh.BLOCK_FACES;
  private static final int CORNER = 3 * ROW;

  /** Rows of differences, three each: the point less the first corner. */
  private static final int POINT = 0;

  /** The second corner less the first. */
  private static final int SECOND = 3 * ROW;

  /** The third corner less the first. */
  private static final int THIRD = 6 * ROW;

  /** The point less the second corner, by way of the first. */
  private static final int POINT_FROM_SECOND = 9 * ROW;

  /** The third corner less the second, by way of the first. */
  private static final int THIRD_FROM_SECOND = 12 * ROW;

  private static final float SHIFT = 64 * 0x1p-24f;
  private static final float SPREAD = 2048 * 0x1p-24f;
  private static final float SLIVER = 0.25f;
  private static final float SLIVER_SINE_SQUARED = 1f / 16;
  private static final float CROSS_ERROR = 0x1p-16f;
  private static final float TINY = 1e-30f;
  private static final int LANE = ROW - 1;
  private static final IntVector LANES =
      IntVector.fromArray(IntVector.SPECIES_256, new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 0);

  private final float[] corners;
  private final float shift;
  private final float[] rows = new float[15 * ROW];
  private final float[] squared = new float[ROW];
  private final float[] margins = new float[ROW];
  private final float[] least = new float[ROW];

  VectorPointBlock(Bvh bvh) {
    corners = bvh.corners;
    shift = SHIFT * bvh.largestCoordinate;
  }

  /** Measures the faces of the block whose corners start at an index; gives the nearest lane. */
  int measure(int block, PointQuery query) {
    subtract(block, 0, query.floatPoint.x);
    subtract(block + ROW, ROW, query.floatPoint.y);
    subtract(block + 2 * ROW, 2 * ROW, query.floatPoint.z);
    edge(POINT, SECOND).intoArray(squared, 0);
    lowerToEdge(POINT, THIRD);
    lowerToEdge(POINT_FROM_SECOND, THIRD_FROM_SECOND);
    lowerToInterior(query.leastCrossSquared);
    return subtractMargins();
  }

  /** Bits of the faces that may be within a distance, m. */
  int within(float distance) {
    return VectorLanes.notNegative(
        FloatVector.broadcast(FLOATS, distance)
            .sub(FloatVector.fromArray(FLOATS, least, 0))
            .reinterpretAsInts());
  }

  /** False if the face in a lane is certainly farther away than a distance, m. */
  boolean mayBeWithin(int lane, float distance) {
    return least[lane] <= distance;
  }

  /** Fills the rows of one axis from those of the corners. */
  private void subtract(int from, int to, float point) {
    FloatVector first = FloatVector.fromArray(FLOATS, corners, from);
    FloatVector w = FloatVector.broadcast(FLOATS, point).sub(first);
    FloatVector a = FloatVector.fromArray(FLOATS, corners, from + CORNER).sub(first);
    FloatVector b = FloatVector.fromArray(FLOATS, corners, from + 2 * CORNER).sub(first);
    w.intoArray(rows, to + POINT);
    a.intoArray(rows, to + SECOND);
    b.intoArray(rows, to + THIRD);
    w.sub(a).intoArray(rows, to + POINT_FROM_SECOND);
    b.sub(a).intoArray(rows, to + THIRD_FROM_SECOND);
  }

  private void lowerToEdge(int point, int edge) {
    edge(point, edge).min(FloatVector.fromArray(FLOATS, squared, 0)).intoArray(squared, 0);
  }

  /** Squared distance to an edge, from the rows of the point and of the edge from its start. */
  private FloatVector edge(int point, int edge) {
    FloatVector wx = FloatVector.fromArray(FLOATS, rows, point);
    FloatVector wy = FloatVector.fromArray(FLOATS, rows, point + ROW);
    FloatVector wz = FloatVector.fromArray(FLOATS, rows, point + 2 * ROW);
    FloatVector ex = FloatVector.fromArray(FLOATS, rows, edge);
    FloatVector ey = FloatVector.fromArray(FLOATS, rows, edge + ROW);
    FloatVector ez = FloatVector.fromArray(FLOATS, rows, edge + 2 * ROW);
    FloatVector length2 = ex.mul(ex).add(ey.mul(ey)).add(ez.mul(ez));
    FloatVector dot = wx.mul(ex).add(wy.mul(ey)).add(wz.mul(ez));
    // Floats that are not negative order as their bits do.
    FloatVector s =
        dot.reinterpretAsInts()
            .max(0)
            .min(length2.reinterpretAsInts())
            .reinterpretAsFloats()
            .div(length2.add(TINY));
    FloatVector dx = wx.sub(s.mul(ex));
    FloatVector dy = wy.sub(s.mul(ey));
    FloatVector dz = wz.sub(s.mul(ez));
    return dx.mul(dx).add(dy.mul(dy)).add(dz.mul(dz));
  }

  /** Takes the plane where it counts, and fills what the distances may be too large. */
  private void lowerToInterior(float leastCrossSquared) {
    FloatVector wx = FloatVector.fromArray(FLOATS, rows, 0);
    FloatVector wy = FloatVector.fromArray(FLOATS, rows, ROW);
    FloatVector wz = FloatVector.fromArray(FLOATS, rows, 2 * ROW);
    FloatVector ax = FloatVector.fromArray(FLOATS, rows, SECOND);
    FloatVector ay = FloatVector.fromArray(FLOATS, rows, SECOND + ROW);
    FloatVector az = FloatVector.fromArray(FLOATS, rows, SECOND + 2 * ROW);
    FloatVector bx = FloatVector.fromArray(FLOATS, rows, THIRD);
    FloatVector by = FloatVector.fromArray(FLOATS, rows, THIRD + ROW);
    FloatVector bz = FloatVector.fromArray(FLOATS, rows, THIRD + 2 * ROW);
    FloatVector nx = ay.mul(bz).sub(az.mul(by));
    FloatVector ny = az.mul(bx).sub(ax.mul(bz));
    FloatVector nz = ax.mul(by).sub(ay.mul(bx));
    FloatVector n2 = nx.mul(nx).add(ny.mul(ny)).add(nz.mul(nz));
    FloatVector a2 = ax.mul(ax).add(ay.mul(ay)).add(az.mul(az));
    FloatVector b2 = bx.mul(bx).add(by.mul(by)).add(bz.mul(bz));
    FloatVector w2 = wx.mul(wx).add(wy.mul(wy)).add(wz.mul(wz));
    FloatVector product = a2.mul(b2);
    IntVector isSmall = n2.add(product.mul(CROSS_ERROR)).sub(leastCrossSquared).reinterpretAsInts();
    IntVector isSliver = n2.sub(product.mul(SLIVER_SINE_SQUARED).add(TINY)).reinterpretAsInts();
    isSliver = isSliver.lanewise(VectorOperators.ASHR, SIGN);
    FloatVector sliver =
        FloatVector.broadcast(FLOATS, SLIVER)
            .reinterpretAsInts()
            .and(isSliver)
            .lanewise(VectorOperators.AND_NOT, isSmall.lanewise(VectorOperators.ASHR, SIGN))
            .reinterpretAsFloats();
    a2.add(b2)
        .add(w2)
        .sqrt()
        .mul(SPREAD)
        .add(a2.add(b2).sqrt().mul(sliver))
        .add(shift)
        .intoArray(margins, 0);
    FloatVector u =
        wy.mul(bz)
            .sub(wz.mul(by))
            .mul(nx)
            .add(wz.mul(bx).sub(wx.mul(bz)).mul(ny))
            .add(wx.mul(by).sub(wy.mul(bx)).mul(nz));
    FloatVector v =
        ay.mul(wz)
            .sub(az.mul(wy))
            .mul(nx)
            .add(az.mul(wx).sub(ax.mul(wz)).mul(ny))
            .add(ax.mul(wy).sub(ay.mul(wx)).mul(nz));
    FloatVector inverse = FloatVector.broadcast(FLOATS, 1f).div(n2);
    FloatVector s = u.mul(inverse);
    FloatVector t = v.mul(inverse);
    FloatVector dx = wx.sub(s.mul(ax).add(t.mul(bx)));
    FloatVector dy = wy.sub(s.mul(ay).add(t.mul(by)));
    FloatVector dz = wz.sub(s.mul(az).add(t.mul(bz)));
    IntVector inside = dx.mul(dx).add(dy.mul(dy)).add(dz.mul(dz)).reinterpretAsInts();
    IntVector outside =
        isSmall
            .or(isSliver)
            .or(u.reinterpretAsInts())
            .or(v.reinterpretAsInts())
            .or(n2.sub(u.add(v)).reinterpretAsInts())
            .lanewise(VectorOperators.ASHR, SIGN)
            .lanewise(VectorOperators.LSHR, 1);
    // Outside becomes the largest integer, which is not less than the bits of any distance; a sign
    // is that of a NaN, where the face has no area.
    inside
        .or(outside)
        .and(Integer.MAX_VALUE)
        .min(FloatVector.fromArray(FLOATS, squared, 0).reinterpretAsInts())
        .reinterpretAsFloats()
        .intoArray(squared, 0);
  }

  /** Fills the bounds; gives the lane of the least. */
  private int subtractMargins() {
    FloatVector bound =
        FloatVector.fromArray(FLOATS, squared, 0)
            .sqrt()
            .sub(FloatVector.fromArray(FLOATS, margins, 0));
    bound.intoArray(least, 0);
    return bound.reinterpretAsInts().max(0).and(~LANE).or(LANES).reduceLanes(VectorOperators.MIN)
        & LANE;
  }
}
