package org.nbvrollouts.pipeline.geometry;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Bounds in float, from below and from above, of the squared distances that {@link PointTriangle}
 * gives for a point and the eight faces of a block, for points that {@link FloatPoint} accepts.
 *
 * <p>Let a and b be the edges from the first corner, w the point less that corner, and Q the least
 * of the squared distances to the three edges and, where the point is above the face, to the plane,
 * all of them from the six products of w, a and b. How far is Q from the result in double? Let u =
 * 2⁻²⁴, L the largest absolute coordinate of the mesh, S = |w|² + |a|² + |b|², and θ the angle of a
 * and b.
 *
 * <ul>
 *   <li>Rounding the point moves it by less than 4uL, which turns a squared distance d² into one
 *       between d² − 8uLd and d² + 8uLd + (4uL)². {@link #SLACK} · d² and twice (4uL)² / {@link
 *       #SLACK} allow for that.
 *   <li>Everything else starts from exact corners. Products are off by 5u of the two lengths, those
 *       that belong to the third edge by 15uS. A squared distance to a place of an edge is a sum of
 *       such products with factors of at most 1, 2 and 1: off by 60uS, and by 8uS for its rounding,
 *       wherever the place is; the least of them is off by no more. For the plane it is 34uS.
 *       {@link #SPREAD} allows for 128uS.
 *   <li>The foot of the point on the plane is off by 24u / sin²θ of |w|, |a| and |b|. Where that
 *       makes a point above the face miss it, or the reverse, an edge is not farther from the foot
 *       than that, which enters squared: for sin²θ above 1/16 less than uS. So do faces that {@link
 *       PointTriangle} takes for slivers.
 *   <li>For a smaller angle the plane is not used. A foot on the face is not farther from an edge
 *       than the radius of the incircle, less than |a|·sin θ / 2: {@link #SLIVER} of |a|². Where
 *       the squared normal is below {@link #TINY} floats lose bits; that radius is then less than
 *       the root of {@link #TINY_FACE}.
 * </ul>
 *
 * <p>Faces whose area is certainly below the minimum are measured to their edges, as {@link
 * PointTriangle} does. No bound from above is given to a face whose area is too near the minimum to
 * tell, of which an edge may count as a point, or for which the plane was not used.
 *
 * <p>The work is cut into methods without vectors among their arguments and results: what is not
 * compiled together exchanges them on the heap. Between the methods values lie in rows of eight.
 */
final class VectorPointBlock {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final int SIGN = 31;
  private static final int ROW = Bvh.BLOCK_FACES;
  private static final int CORNER = 3 * ROW;

  /** Rows of products: of w with itself, with a, with b, and so on. */
  private static final int WW = 0;

  private static final int WA = ROW;
  private static final int WB = 2 * ROW;
  private static final int AA = 3 * ROW;
  private static final int BB = 4 * ROW;
  private static final int AB = 5 * ROW;

  /** Squared distance to the nearest edge, then to the face. */
  private static final int NEAREST = 6 * ROW;

  /** Squared length of the shortest edge. */
  private static final int SHORTEST = 7 * ROW;

  /** Rows of signs, negative where the face is measured to its edges only. */
  private static final int EDGES_ONLY = 0;

  /** Where it is so although it may have an interior. */
  private static final int THIN = ROW;

  /** Where it has no bound from above. */
  private static final int UNSURE = 2 * ROW;

  private static final float SHIFT = 4 * 0x1p-24f;
  private static final float SPREAD = 128 * 0x1p-24f;
  private static final float SLACK = 0x1p-12f;
  private static final float SLIVER = 1f / 64;
  private static final float SLIVER_SINE_SQUARED = 1f / 16;
  private static final float CROSS_ERROR = 0x1p-16f;
  private static final float TINY = 1e-36f;
  private static final float TINY_FACE = 1e-18f;

  /** Keeps quotients of squared lengths away from 0 / 0. */
  private static final float TINY_EDGE = 1e-30f;

  /** Not less than the squared length up to which an edge counts as a point. */
  private static final float SHORT_EDGE = 1.01e-8f;

  private static final int LANE = ROW - 1;
  private static final IntVector LANES =
      IntVector.fromArray(INTS, new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 0);

  private final float[] corners;
  private final float shift;
  private final float[] rows = new float[8 * ROW];
  private final int[] signs = new int[3 * ROW];

  /** Bits of the bounds from above; negative without one. */
  private final int[] most = new int[ROW];

  VectorPointBlock(Bvh bvh) {
    corners = bvh.corners;
    float moved = SHIFT * bvh.largestCoordinate;
    shift = 2 * moved * moved / SLACK + TINY_FACE;
  }

  /**
   * Measures the faces of the block whose corners start at an index.
   *
   * @param least receives the bounds from below, m²
   * @param at where the eight of them start
   * @return the lane with the least bound from above
   */
  int measure(int block, PointQuery query, float[] least, int at) {
    multiply(block, query.floatPoint.x, query.floatPoint.y, query.floatPoint.z);
    measureEdges();
    classify(query.leastCrossSquared, query.mostCrossSquared);
    measurePlane();
    bound(least, at);
    return leastOfMost();
  }

  /** Bits of the bound from above of the face in a lane, m²; those of a NaN if it has none. */
  int most(int lane) {
    return most[lane] & Integer.MAX_VALUE;
  }

  /** Bits of the lanes that have no bound from above. */
  int unbounded() {
    return ~VectorLanes.notNegative(IntVector.fromArray(INTS, most, 0));
  }

  /** Bits of the lanes whose bounds from below are at most a squared distance, m². */
  static int within(float distance2, float[] least, int at) {
    return VectorLanes.notNegative(
        FloatVector.broadcast(FLOATS, distance2)
            .sub(FloatVector.fromArray(FLOATS, least, at))
            .reinterpretAsInts());
  }

  private int leastOfMost() {
    return IntVector.fromArray(INTS, most, 0)
            .and(Integer.MAX_VALUE & ~LANE)
            .or(LANES)
            .reduceLanes(VectorOperators.MIN)
        & LANE;
  }

  /** Fills the products. */
  private void multiply(int block, float x, float y, float z) {
    FloatVector vx = FloatVector.fromArray(FLOATS, corners, block);
    FloatVector vy = FloatVector.fromArray(FLOATS, corners, block + ROW);
    FloatVector vz = FloatVector.fromArray(FLOATS, corners, block + 2 * ROW);
    FloatVector wx = FloatVector.broadcast(FLOATS, x).sub(vx);
    FloatVector wy = FloatVector.broadcast(FLOATS, y).sub(vy);
    FloatVector wz = FloatVector.broadcast(FLOATS, z).sub(vz);
    FloatVector ax = FloatVector.fromArray(FLOATS, corners, block + CORNER).sub(vx);
    FloatVector ay = FloatVector.fromArray(FLOATS, corners, block + CORNER + ROW).sub(vy);
    FloatVector az = FloatVector.fromArray(FLOATS, corners, block + CORNER + 2 * ROW).sub(vz);
    FloatVector bx = FloatVector.fromArray(FLOATS, corners, block + 2 * CORNER).sub(vx);
    FloatVector by = FloatVector.fromArray(FLOATS, corners, block + 2 * CORNER + ROW).sub(vy);
    FloatVector bz = FloatVector.fromArray(FLOATS, corners, block + 2 * CORNER + 2 * ROW).sub(vz);
    wx.fma(wx, wy.fma(wy, wz.mul(wz))).intoArray(rows, WW);
    wx.fma(ax, wy.fma(ay, wz.mul(az))).intoArray(rows, WA);
    wx.fma(bx, wy.fma(by, wz.mul(bz))).intoArray(rows, WB);
    ax.fma(ax, ay.fma(ay, az.mul(az))).intoArray(rows, AA);
    bx.fma(bx, by.fma(by, bz.mul(bz))).intoArray(rows, BB);
    ax.fma(bx, ay.fma(by, az.mul(bz))).intoArray(rows, AB);
  }

  /** Fills the squared distances to the nearest edges, and the lengths of the shortest. */
  private void measureEdges() {
    FloatVector ww = FloatVector.fromArray(FLOATS, rows, WW);
    FloatVector wa = FloatVector.fromArray(FLOATS, rows, WA);
    FloatVector wb = FloatVector.fromArray(FLOATS, rows, WB);
    FloatVector aa = FloatVector.fromArray(FLOATS, rows, AA);
    FloatVector bb = FloatVector.fromArray(FLOATS, rows, BB);
    FloatVector ab = FloatVector.fromArray(FLOATS, rows, AB);
    FloatVector rest = aa.sub(wa);
    FloatVector uu = ww.sub(wa).add(rest);
    FloatVector uc = wb.sub(ab).add(rest);
    FloatVector cc = aa.sub(ab).add(bb.sub(ab));
    FloatVector s =
        wa.reinterpretAsInts()
            .max(0)
            .min(aa.reinterpretAsInts())
            .reinterpretAsFloats()
            .div(aa.add(TINY_EDGE));
    FloatVector t =
        wb.reinterpretAsInts()
            .max(0)
            .min(bb.reinterpretAsInts())
            .reinterpretAsFloats()
            .div(bb.add(TINY_EDGE));
    FloatVector r =
        uc.reinterpretAsInts()
            .max(0)
            .min(cc.reinterpretAsInts())
            .reinterpretAsFloats()
            .div(cc.add(TINY_EDGE));
    // Floats that are not negative order as their bits do.
    s.fma(aa, wa.mul(-2f))
        .fma(s, ww)
        .reinterpretAsInts()
        .min(t.fma(bb, wb.mul(-2f)).fma(t, ww).reinterpretAsInts())
        .min(r.fma(cc, uc.mul(-2f)).fma(r, uu).reinterpretAsInts())
        .reinterpretAsFloats()
        .intoArray(rows, NEAREST);
    aa.reinterpretAsInts()
        .min(bb.reinterpretAsInts())
        .min(cc.reinterpretAsInts())
        .reinterpretAsFloats()
        .intoArray(rows, SHORTEST);
  }

  /** Fills the signs of what is special about the faces. */
  private void classify(float leastCross, float mostCross) {
    FloatVector aa = FloatVector.fromArray(FLOATS, rows, AA);
    FloatVector bb = FloatVector.fromArray(FLOATS, rows, BB);
    FloatVector ab = FloatVector.fromArray(FLOATS, rows, AB);
    FloatVector product = aa.mul(bb);
    FloatVector nn = product.sub(ab.mul(ab));
    FloatVector error = product.mul(CROSS_ERROR);
    IntVector isSmall = nn.add(error).sub(leastCross).reinterpretAsInts();
    IntVector isSliver = nn.sub(product.mul(SLIVER_SINE_SQUARED).add(TINY)).reinterpretAsInts();
    isSmall.or(isSliver).intoArray(signs, EDGES_ONLY);
    IntVector isThin = isSmall.lanewise(VectorOperators.NOT).and(isSliver);
    isThin.intoArray(signs, THIN);
    nn.sub(error)
        .sub(mostCross)
        .reinterpretAsInts()
        .and(isSmall.lanewise(VectorOperators.NOT))
        .or(isThin)
        .or(
            FloatVector.fromArray(FLOATS, rows, SHORTEST)
                .sub(aa.add(bb).mul(SPREAD))
                .sub(SHORT_EDGE)
                .reinterpretAsInts())
        .intoArray(signs, UNSURE);
  }

  /** Takes the plane where it counts. */
  private void measurePlane() {
    FloatVector ww = FloatVector.fromArray(FLOATS, rows, WW);
    FloatVector wa = FloatVector.fromArray(FLOATS, rows, WA);
    FloatVector wb = FloatVector.fromArray(FLOATS, rows, WB);
    FloatVector aa = FloatVector.fromArray(FLOATS, rows, AA);
    FloatVector bb = FloatVector.fromArray(FLOATS, rows, BB);
    FloatVector ab = FloatVector.fromArray(FLOATS, rows, AB);
    FloatVector nn = aa.mul(bb).sub(ab.mul(ab));
    FloatVector u = bb.mul(wa).sub(ab.mul(wb));
    FloatVector v = aa.mul(wb).sub(ab.mul(wa));
    FloatVector inverse = FloatVector.broadcast(FLOATS, 1f).div(nn);
    FloatVector s = u.mul(inverse);
    FloatVector t = v.mul(inverse);
    // Outside becomes the largest integer, which is not less than the bits of any distance; a sign
    // is that of a NaN, where the face has no area, or of a rounded 0.
    IntVector outside =
        u.reinterpretAsInts()
            .or(v.reinterpretAsInts())
            .or(nn.sub(u.add(v)).reinterpretAsInts())
            .or(IntVector.fromArray(INTS, signs, EDGES_ONLY))
            .lanewise(VectorOperators.ASHR, SIGN);
    s.fma(aa, t.mul(2f).fma(ab, wa.mul(-2f)))
        .fma(s, t.fma(bb, wb.mul(-2f)).fma(t, ww))
        .reinterpretAsInts()
        .or(outside)
        .and(Integer.MAX_VALUE)
        .min(FloatVector.fromArray(FLOATS, rows, NEAREST).reinterpretAsInts())
        .reinterpretAsFloats()
        .intoArray(rows, NEAREST);
  }

  /** Fills the bounds. */
  private void bound(float[] least, int at) {
    FloatVector aa = FloatVector.fromArray(FLOATS, rows, AA);
    FloatVector bb = FloatVector.fromArray(FLOATS, rows, BB);
    FloatVector nearest = FloatVector.fromArray(FLOATS, rows, NEAREST);
    FloatVector margin =
        aa.add(bb)
            .add(FloatVector.fromArray(FLOATS, rows, WW))
            .mul(SPREAD)
            .add(nearest.mul(SLACK))
            .add(shift);
    IntVector thin = IntVector.fromArray(INTS, signs, THIN).lanewise(VectorOperators.ASHR, SIGN);
    FloatVector sliver = aa.mul(SLIVER).reinterpretAsInts().and(thin).reinterpretAsFloats();
    nearest.sub(margin).sub(sliver).intoArray(least, at);
    nearest
        .add(margin)
        .reinterpretAsInts()
        .or(IntVector.fromArray(INTS, signs, UNSURE).lanewise(VectorOperators.ASHR, SIGN))
        .intoArray(most, 0);
  }
}
