package org.nbvrollouts.pipeline.geometry;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Bounds of the squared distances between a point and the eight faces of a block, which the
 * distances of {@link PointTriangle} are not below.
 *
 * <p>The operations are those of the scalar formula in the same order, so every intermediate value
 * is the same, with two liberties: the interior of a sliver and the interior of a short edge count
 * here. Both only make the least of the distances smaller, up to rounding that {@link #mayBeWithin}
 * allows for: in a short edge, of at most 1e-4 m, it is off by 1e-20 m.
 *
 * <p>The work is cut into methods that are small enough for the compiler to keep all vectors in
 * registers; between them values lie in rows of eight.
 */
final class VectorPointBlock {
  private static final VectorSpecies<Double> DOUBLES =
      FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512
          ? DoubleVector.SPECIES_512
          : DoubleVector.SPECIES_256;
  private static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512
          ? FloatVector.SPECIES_256
          : FloatVector.SPECIES_128;
  private static final int LANES = DOUBLES.length();
  private static final int SIGN = 63;
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

  private static final double LEAST_LENGTH_SQUARED = 1e-300;
  private static final double RELATIVE_ROUNDING = 0x1p-40;
  private static final double ROUNDING_M2 = 1e-26;

  private final float[] corners;
  private final double[] rows = new double[15 * ROW];
  private final double[] squared = new double[ROW];

  VectorPointBlock(float[] corners) {
    this.corners = corners;
  }

  /** Measures the faces of the block whose corners start at an index. */
  void measure(int block, PointQuery query) {
    Arrays.fill(squared, Double.POSITIVE_INFINITY);
    for (int lane = 0; lane < ROW; lane += LANES) {
      subtract(block + lane, lane, query.x);
      subtract(block + lane + ROW, lane + ROW, query.y);
      subtract(block + lane + 2 * ROW, lane + 2 * ROW, query.z);
      lowerToEdge(lane, POINT, SECOND);
      lowerToEdge(lane, POINT, THIRD);
      lowerToEdge(lane, POINT_FROM_SECOND, THIRD_FROM_SECOND);
      lowerToInterior(lane, query.minCrossSquared);
    }
  }

  /** False if the face in a lane is certainly farther away than a bound, m². */
  boolean mayBeWithin(int lane, double best) {
    double least = squared[lane] - RELATIVE_ROUNDING * squared[lane] - ROUNDING_M2;
    return !(least > best);
  }

  /** Fills the rows of one axis from those of the corners. */
  private void subtract(int from, int to, double point) {
    DoubleVector first =
        (DoubleVector)
            FloatVector.fromArray(FLOATS, corners, from)
                .convertShape(VectorOperators.F2D, DOUBLES, 0);
    DoubleVector second =
        (DoubleVector)
            FloatVector.fromArray(FLOATS, corners, from + CORNER)
                .convertShape(VectorOperators.F2D, DOUBLES, 0);
    DoubleVector third =
        (DoubleVector)
            FloatVector.fromArray(FLOATS, corners, from + 2 * CORNER)
                .convertShape(VectorOperators.F2D, DOUBLES, 0);
    DoubleVector w = DoubleVector.broadcast(DOUBLES, point).sub(first);
    DoubleVector a = second.sub(first);
    DoubleVector b = third.sub(first);
    w.intoArray(rows, to + POINT);
    a.intoArray(rows, to + SECOND);
    b.intoArray(rows, to + THIRD);
    w.sub(a).intoArray(rows, to + POINT_FROM_SECOND);
    b.sub(a).intoArray(rows, to + THIRD_FROM_SECOND);
  }

  /** Distance to an edge, from the rows of the point and of the edge relative to its start. */
  private void lowerToEdge(int lane, int point, int edge) {
    DoubleVector wx = DoubleVector.fromArray(DOUBLES, rows, lane + point);
    DoubleVector wy = DoubleVector.fromArray(DOUBLES, rows, lane + point + ROW);
    DoubleVector wz = DoubleVector.fromArray(DOUBLES, rows, lane + point + 2 * ROW);
    DoubleVector ex = DoubleVector.fromArray(DOUBLES, rows, lane + edge);
    DoubleVector ey = DoubleVector.fromArray(DOUBLES, rows, lane + edge + ROW);
    DoubleVector ez = DoubleVector.fromArray(DOUBLES, rows, lane + edge + 2 * ROW);
    DoubleVector length2 = ex.mul(ex).add(ey.mul(ey)).add(ez.mul(ez));
    DoubleVector dot = wx.mul(ex).add(wy.mul(ey)).add(wz.mul(ez));
    // Doubles that are not negative order as their bits do.
    DoubleVector s =
        dot.reinterpretAsLongs()
            .max(0)
            .min(length2.reinterpretAsLongs())
            .reinterpretAsDoubles()
            .div(length2.add(LEAST_LENGTH_SQUARED));
    DoubleVector dx = wx.sub(s.mul(ex));
    DoubleVector dy = wy.sub(s.mul(ey));
    DoubleVector dz = wz.sub(s.mul(ez));
    dx.mul(dx)
        .add(dy.mul(dy))
        .add(dz.mul(dz))
        .reinterpretAsLongs()
        .min(DoubleVector.fromArray(DOUBLES, squared, lane).reinterpretAsLongs())
        .reinterpretAsDoubles()
        .intoArray(squared, lane);
  }

  private void lowerToInterior(int lane, double minCrossSquared) {
    DoubleVector wx = DoubleVector.fromArray(DOUBLES, rows, lane);
    DoubleVector wy = DoubleVector.fromArray(DOUBLES, rows, lane + ROW);
    DoubleVector wz = DoubleVector.fromArray(DOUBLES, rows, lane + 2 * ROW);
    DoubleVector ax = DoubleVector.fromArray(DOUBLES, rows, lane + SECOND);
    DoubleVector ay = DoubleVector.fromArray(DOUBLES, rows, lane + SECOND + ROW);
    DoubleVector az = DoubleVector.fromArray(DOUBLES, rows, lane + SECOND + 2 * ROW);
    DoubleVector bx = DoubleVector.fromArray(DOUBLES, rows, lane + THIRD);
    DoubleVector by = DoubleVector.fromArray(DOUBLES, rows, lane + THIRD + ROW);
    DoubleVector bz = DoubleVector.fromArray(DOUBLES, rows, lane + THIRD + 2 * ROW);
    DoubleVector nx = ay.mul(bz).sub(az.mul(by));
    DoubleVector ny = az.mul(bx).sub(ax.mul(bz));
    DoubleVector nz = ax.mul(by).sub(ay.mul(bx));
    DoubleVector n2 = nx.mul(nx).add(ny.mul(ny)).add(nz.mul(nz));
    DoubleVector u =
        wy.mul(bz)
            .sub(wz.mul(by))
            .mul(nx)
            .add(wz.mul(bx).sub(wx.mul(bz)).mul(ny))
            .add(wx.mul(by).sub(wy.mul(bx)).mul(nz));
    DoubleVector v =
        ay.mul(wz)
            .sub(az.mul(wy))
            .mul(nx)
            .add(az.mul(wx).sub(ax.mul(wz)).mul(ny))
            .add(ax.mul(wy).sub(ay.mul(wx)).mul(nz));
    DoubleVector inverse = DoubleVector.broadcast(DOUBLES, 1.0).div(n2);
    DoubleVector s = u.mul(inverse);
    DoubleVector t = v.mul(inverse);
    DoubleVector dx = wx.sub(s.mul(ax).add(t.mul(bx)));
    DoubleVector dy = wy.sub(s.mul(ay).add(t.mul(by)));
    DoubleVector dz = wz.sub(s.mul(az).add(t.mul(bz)));
    LongVector inside = dx.mul(dx).add(dy.mul(dy)).add(dz.mul(dz)).reinterpretAsLongs();
    // A negative zero must not count as negative; adding zero makes it positive.
    LongVector outside =
        n2.sub(minCrossSquared)
            .reinterpretAsLongs()
            .or(u.add(0.0).reinterpretAsLongs())
            .or(v.add(0.0).reinterpretAsLongs())
            .or(n2.sub(u.add(v)).reinterpretAsLongs())
            .lanewise(VectorOperators.ASHR, SIGN)
            .lanewise(VectorOperators.LSHR, 1);
    // Outside becomes the largest integer, a NaN, which is not less than any distance.
    inside
        .or(outside)
        .min(DoubleVector.fromArray(DOUBLES, squared, lane).reinterpretAsLongs())
        .reinterpretAsDoubles()
        .intoArray(squared, lane);
  }
}
