package org.nbvrollouts.pipeline.geometry;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tests eight boxes of the wide tree at a time in float, for points that {@link FloatPoint}
 * accepts. {@link VectorPointBlock} bounds the distances to the faces of a block from above, which
 * narrows the search, and from below. Blocks that may hold the nearest face are noted, and {@link
 * PointTriangle} decides at the end about those of their faces that are still near enough, hardly
 * ever more than two.
 *
 * <p>A search for the nearest face starts with the block of the last answer.
 */
final class VectorPointSearch implements PointSearch {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  /** Bits of the largest finite float: unused places of a node are infinitely far away. */
  private static final int LARGEST_FINITE = 0x7f7fffff;

  private static final int ROW = WideNodes.WIDTH;
  private static final int STACK = WideNodes.WIDTH * Bvh.MAX_DEPTH;
  private static final int NOTES = 16;

  /** No reference to a block, which are negative. */
  private static final int NONE = 0;

  private final Bvh bvh;
  private final VectorPointBlock faces;

  /** For a subtree the bits of the squared distance to its box above, the reference to it below. */
  private final long[] stack = new long[STACK];

  private final int[] distances = new int[WideNodes.WIDTH];

  /** References to the noted blocks, and the bounds from below of their faces. */
  private final int[] notes = new int[NOTES];

  private final float[] noteRows = new float[ROW * NOTES];
  private int noted;

  /** Bits of a squared distance that the nearest face is not beyond. */
  private int limit;

  /** The block with which this search has started, and the one with which the next may. */
  private int first = NONE;

  private int last = NONE;
  private PointQuery query;

  VectorPointSearch(Bvh bvh) {
    this.bvh = bvh;
    this.faces = new VectorPointBlock(bvh);
  }

  @Override
  public void run(PointQuery newQuery) {
    query = newQuery;
    limit = Math.min(FloatRay.bitsNotBelow(query.best), LARGEST_FINITE);
    first = query.startsWithLast() ? last : NONE;
    if (first != NONE) {
      note(first);
    }
    search(newQuery.floatPoint.x, newQuery.floatPoint.y, newQuery.floatPoint.z);
    decide();
  }

  /** Depth first, the nearest child first. */
  private void search(float x, float y, float z) {
    int size = 0;
    int reference = bvh.wideRoot;
    while (true) {
      if (reference >= 0) {
        int near = near(WideNodes.NODE_FLOATS * reference, x, y, z);
        if (near != 0) {
          size = push(WideNodes.WIDTH * reference, near, size) - 1;
          reference = (int) stack[size];
          continue;
        }
      } else if (reference != first) {
        note(reference);
      }
      do {
        if (size == 0 || query.isDone()) {
          return;
        }
        size--;
        // Strictly farther only: a face at exactly the best distance may have a lower index.
      } while ((int) (stack[size] >>> Integer.SIZE) > limit);
      reference = (int) stack[size];
    }
  }

  /**
   * Pushes the children that are near, the nearest on top. The others are hardly ordered: sorting
   * them means branches that the processor cannot guess.
   */
  private int push(int node, int near, int size) {
    int top = size;
    long nearest = entry(node, Integer.numberOfTrailingZeros(near));
    for (int left = near & near - 1; left != 0; left &= left - 1) {
      long other = entry(node, Integer.numberOfTrailingZeros(left));
      stack[top++] = Math.max(nearest, other);
      nearest = Math.min(nearest, other);
    }
    stack[top] = nearest;
    return top + 1;
  }

  /** A child as it lies on the stack, which orders as its distance does. */
  private long entry(int node, int lane) {
    return (long) distances[lane] << Integer.SIZE | bvh.wideChildren[node + lane] & 0xffffffffL;
  }

  /**
   * Fills the squared distances to the boxes of a node; gives the bits of those within the limit.
   */
  private int near(int box, float x, float y, float z) {
    float[] boxes = bvh.wideBoxes;
    IntVector gapX = FloatVector.fromArray(FLOATS, boxes, box).sub(x).reinterpretAsInts();
    IntVector gapY = FloatVector.fromArray(FLOATS, boxes, box + ROW).sub(y).reinterpretAsInts();
    IntVector gapZ = FloatVector.fromArray(FLOATS, boxes, box + 2 * ROW).sub(z).reinterpretAsInts();
    IntVector overX =
        FloatVector.broadcast(FLOATS, x)
            .sub(FloatVector.fromArray(FLOATS, boxes, box + 3 * ROW))
            .reinterpretAsInts();
    IntVector overY =
        FloatVector.broadcast(FLOATS, y)
            .sub(FloatVector.fromArray(FLOATS, boxes, box + 4 * ROW))
            .reinterpretAsInts();
    IntVector overZ =
        FloatVector.broadcast(FLOATS, z)
            .sub(FloatVector.fromArray(FLOATS, boxes, box + 5 * ROW))
            .reinterpretAsInts();
    FloatVector dx = gapX.max(overX).max(0).reinterpretAsFloats();
    FloatVector dy = gapY.max(overY).max(0).reinterpretAsFloats();
    FloatVector dz = gapZ.max(overZ).max(0).reinterpretAsFloats();
    IntVector distance = dx.fma(dx, dy.fma(dy, dz.mul(dz))).reinterpretAsInts();
    distance.intoArray(distances, 0);
    return VectorLanes.notNegative(IntVector.broadcast(IntVector.SPECIES_256, limit).sub(distance));
  }

  /** Notes a block if it may hold the nearest face. */
  private void note(int reference) {
    int slot = Bvh.BLOCK_FACES * Bvh.block(reference);
    int row = ROW * noted;
    int lane = faces.measure(Bvh.BLOCK_FLOATS * Bvh.block(reference), query, noteRows, row);
    int most = faces.most(lane);
    if (most < limit && query.knows(slot + lane)) {
      limit = most;
    }
    int near = near(reference, row);
    if (near != 0) {
      notes[noted++] = reference;
      if (noted == NOTES || query.endsWithFirst() || (near & faces.unbounded()) != 0) {
        decide();
      }
    }
  }

  /** Bits of the faces of a block, whose bounds are in a row, that are within the limit. */
  private int near(int reference, int row) {
    int used = (2 << (Bvh.blockCount(reference) - 1)) - 1;
    return VectorPointBlock.within(Float.intBitsToFloat(limit), noteRows, row) & used;
  }

  /** Measures in double what the notes leave in question, and forgets them. */
  private void decide() {
    for (int note = 0; note < noted; note++) {
      int reference = notes[note];
      int left = near(reference, ROW * note);
      while (left != 0) {
        int slot = Bvh.BLOCK_FACES * Bvh.block(reference) + Integer.numberOfTrailingZeros(left);
        left &= left - 1;
        if (query.test(slot)) {
          last = reference;
        }
      }
    }
    noted = 0;
    limit = Math.min(limit, FloatRay.bitsNotBelow(query.best));
  }
}
