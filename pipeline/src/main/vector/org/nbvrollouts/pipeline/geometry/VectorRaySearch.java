package org.nbvrollouts.pipeline.geometry;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tests eight boxes of the wide tree, or eight faces of a block, at a time in float, for rays that
 * {@link FloatRay} accepts. What survives is decided by {@link RayTriangle}; of a block that is
 * little more than one face.
 *
 * <p>Why no face is lost in a block. {@link RayTriangle} skips a face of which one edge function is
 * negative and another positive. Here a face is skipped if one is below −e and another above e,
 * where e bounds the difference between the two computations. With L the largest coordinate of the
 * mesh, u = 2⁻²⁴, the origin within 2L and shears of at most 1, a corner in the frame of the ray is
 * x − (oₓ − s·o_z) − s·z. In float the corner is exact, the offset is off by 4uL, the first
 * difference by 5uL, the shear and its product by 2uL and the second difference by 6uL: less than δ
 * = 2⁻¹⁹L = 32uL together, with as much again to spare. An edge function p·q − r·s of coordinates
 * that are each off by δ is off by at most δ(|p| + |q| + |r| + |s|) + 2δ², and rounding its two
 * products and their difference adds less than a third of that. So e = 2δ(S + 4δ) suffices, S being
 * the sum of the six absolute coordinates. The frame of the scalar test, rounded in double, differs
 * from the exact one by less than a millionth of δ.
 *
 * <p>Signs are taken from the bits, where a negative float is a negative integer, and collected by
 * an OR over the lanes, because masks of JDK 17 allocate.
 */
final class VectorRaySearch implements RaySearch {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  /** Stands for every negative exit, so that differences of bits do not overflow. */
  private static final int BEHIND = -1;

  private static final int ROW = Bvh.BLOCK_FACES;
  private static final int CORNER = 3 * ROW;
  private static final float CORNER_ERROR = 0x1p-19f;
  private static final int STACK = WideNodes.WIDTH * Bvh.MAX_DEPTH;

  private final Bvh bvh;
  private final int[] stack = new int[STACK];
  private final int[] entries = new int[STACK];
  private final int[] enters = new int[WideNodes.WIDTH];
  private final float sizeError;
  private final float edgeError;
  private RayQuery query;
  private float shearX;
  private float shearY;
  private float offsetX;
  private float offsetY;
  private int rowX;
  private int rowY;
  private int rowZ;

  VectorRaySearch(Bvh bvh) {
    this.bvh = bvh;
    sizeError = 4 * CORNER_ERROR * bvh.largestCoordinate;
    edgeError = 2 * CORNER_ERROR * bvh.largestCoordinate;
  }

  @Override
  public int root() {
    return bvh.wideRoot;
  }

  @Override
  public void run(RayQuery newQuery, int start) {
    query = newQuery;
    RayTriangle ray = query.ray;
    rowX = ROW * ray.kx;
    rowY = ROW * ray.ky;
    rowZ = ROW * ray.kz;
    shearX = (float) ray.shearX;
    shearY = (float) ray.shearY;
    offsetX = (float) (ray.originKx - ray.shearX * ray.originKz);
    offsetY = (float) (ray.originKy - ray.shearY * ray.originKz);
    search(query.floatRay, start);
  }

  /** Depth first, of the children that the ray meets the one that it enters first. */
  private void search(FloatRay ray, int start) {
    float[] boxes = bvh.wideBoxes;
    int[] children = bvh.wideChildren;
    float ix = ray.inverseX;
    float iy = ray.inverseY;
    float iz = ray.inverseZ;
    float ox = ray.originX;
    float oy = ray.originY;
    float oz = ray.originZ;
    int nearX = ix < 0 ? 3 * ROW : 0;
    int nearY = iy < 0 ? 4 * ROW : ROW;
    int nearZ = iz < 0 ? 5 * ROW : 2 * ROW;
    int farX = 3 * ROW - nearX;
    int farY = 5 * ROW - nearY;
    int farZ = 7 * ROW - nearZ;
    int tMin = ray.tMinBits;
    int limit = FloatRay.bitsNotBelow(query.bestT);
    int size = 0;
    int reference = start;
    while (true) {
      if (reference >= 0) {
        int box = reference * WideNodes.NODE_FLOATS;
        IntVector enterX =
            FloatVector.fromArray(FLOATS, boxes, box + nearX).sub(ox).mul(ix).reinterpretAsInts();
        IntVector enterY =
            FloatVector.fromArray(FLOATS, boxes, box + nearY).sub(oy).mul(iy).reinterpretAsInts();
        IntVector enterZ =
            FloatVector.fromArray(FLOATS, boxes, box + nearZ).sub(oz).mul(iz).reinterpretAsInts();
        IntVector leaveX =
            FloatVector.fromArray(FLOATS, boxes, box + farX).sub(ox).mul(ix).reinterpretAsInts();
        IntVector leaveY =
            FloatVector.fromArray(FLOATS, boxes, box + farY).sub(oy).mul(iy).reinterpretAsInts();
        IntVector leaveZ =
            FloatVector.fromArray(FLOATS, boxes, box + farZ).sub(oz).mul(iz).reinterpretAsInts();
        IntVector enter = enterX.max(enterY).max(enterZ.max(tMin));
        IntVector leave = leaveX.min(leaveY).min(leaveZ.min(limit)).max(BEHIND);
        int hits = VectorLanes.notNegative(leave.sub(enter));
        if (hits != 0) {
          int child = WideNodes.WIDTH * reference;
          int first = Integer.numberOfTrailingZeros(hits);
          hits &= hits - 1;
          if (hits == 0) {
            reference = children[child + first];
            continue;
          }
          enter.intoArray(enters, 0);
          size = push(child, first, hits, size);
          reference = stack[--size];
          continue;
        }
      } else {
        testBlock(reference);
        limit = FloatRay.bitsNotBelow(query.bestT);
      }
      do {
        if (size == 0) {
          return;
        }
        // Strictly later only: a face at exactly the best parameter may have a lower index.
      } while (entries[--size] > limit);
      reference = stack[size];
    }
  }

  /** Pushes the children that are hit, the one that is entered first on top. */
  private int push(int node, int first, int others, int size) {
    int[] children = bvh.wideChildren;
    int top = size;
    stack[top] = children[node + first];
    entries[top++] = enters[first];
    int left = others;
    do {
      int next = Integer.numberOfTrailingZeros(left);
      left &= left - 1;
      int entry = enters[next];
      int at = top++;
      while (at > size && entries[at - 1] < entry) {
        entries[at] = entries[at - 1];
        stack[at] = stack[at - 1];
        at--;
      }
      entries[at] = entry;
      stack[at] = children[node + next];
    } while (left != 0);
    return top;
  }

  private void testBlock(int reference) {
    int block = Bvh.block(reference);
    int used = (2 << (Bvh.blockCount(reference) - 1)) - 1;
    int hits = candidates(bvh.corners, Bvh.BLOCK_FLOATS * block) & used;
    while (hits != 0) {
      query.test(Bvh.BLOCK_FACES * block + Integer.numberOfTrailingZeros(hits));
      hits &= hits - 1;
    }
  }

  /** Bits of the faces of a block that the ray may meet. */
  private int candidates(float[] corners, int block) {
    int x = block + rowX;
    int y = block + rowY;
    int z = block + rowZ;
    FloatVector az = FloatVector.fromArray(FLOATS, corners, z);
    FloatVector bz = FloatVector.fromArray(FLOATS, corners, z + CORNER);
    FloatVector cz = FloatVector.fromArray(FLOATS, corners, z + 2 * CORNER);
    FloatVector ax = FloatVector.fromArray(FLOATS, corners, x).sub(offsetX).sub(az.mul(shearX));
    FloatVector ay = FloatVector.fromArray(FLOATS, corners, y).sub(offsetY).sub(az.mul(shearY));
    FloatVector bx =
        FloatVector.fromArray(FLOATS, corners, x + CORNER).sub(offsetX).sub(bz.mul(shearX));
    FloatVector by =
        FloatVector.fromArray(FLOATS, corners, y + CORNER).sub(offsetY).sub(bz.mul(shearY));
    FloatVector cx =
        FloatVector.fromArray(FLOATS, corners, x + 2 * CORNER).sub(offsetX).sub(cz.mul(shearX));
    FloatVector cy =
        FloatVector.fromArray(FLOATS, corners, y + 2 * CORNER).sub(offsetY).sub(cz.mul(shearY));
    FloatVector size =
        ax.abs().add(ay.abs()).add(bx.abs().add(by.abs())).add(cx.abs().add(cy.abs()));
    FloatVector unsure = size.add(sizeError).mul(edgeError);
    FloatVector u = cx.mul(by).sub(cy.mul(bx));
    FloatVector v = ax.mul(cy).sub(ay.mul(cx));
    FloatVector w = bx.mul(ay).sub(by.mul(ax));
    IntVector below =
        u.add(unsure)
            .reinterpretAsInts()
            .or(v.add(unsure).reinterpretAsInts())
            .or(w.add(unsure).reinterpretAsInts());
    IntVector above =
        unsure
            .sub(u)
            .reinterpretAsInts()
            .or(unsure.sub(v).reinterpretAsInts())
            .or(unsure.sub(w).reinterpretAsInts());
    // Not by a method, to which the vector might be passed on the heap.
    IntVector met = below.and(above);
    return VectorLanes.HAS_FAST_MASKS
        ? (int) met.compare(VectorOperators.GE, 0).toLong()
        : met.lanewise(VectorOperators.ASHR, VectorLanes.SIGN)
            .lanewise(VectorOperators.NOT)
            .and(VectorLanes.BITS)
            .reduceLanes(VectorOperators.OR);
  }
}
