package org.nbvrollouts.pipeline.geometry;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tests eight boxes of the wide tree at a time in float, for points that {@link FloatPoint}
 * accepts. {@link VectorPointBlock} bounds the distances to the faces of a block, and {@link
 * PointTriangle} decides about what may be nearer than the best.
 */
final class VectorPointSearch implements PointSearch {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  /** Bits of the largest finite float: unused places of a node are infinitely far away. */
  private static final int LARGEST_FINITE = 0x7f7fffff;

  private static final int ROW = WideNodes.WIDTH;
  private static final int STACK = WideNodes.WIDTH * Bvh.MAX_DEPTH;

  private final Bvh bvh;
  private final VectorPointBlock faces;
  private final int[] stack = new int[STACK];
  private final int[] bounds = new int[STACK];
  private final int[] distances = new int[WideNodes.WIDTH];
  private PointQuery query;

  VectorPointSearch(Bvh bvh) {
    this.bvh = bvh;
    this.faces = new VectorPointBlock(bvh);
  }

  @Override
  public void run(PointQuery newQuery) {
    query = newQuery;
    search(newQuery.floatPoint.x, newQuery.floatPoint.y, newQuery.floatPoint.z);
  }

  /** Depth first, the nearest child first. */
  private void search(float x, float y, float z) {
    float[] boxes = bvh.wideBoxes;
    int[] children = bvh.wideChildren;
    int limit = limit();
    FloatVector pX = FloatVector.broadcast(FLOATS, x);
    FloatVector pY = FloatVector.broadcast(FLOATS, y);
    FloatVector pZ = FloatVector.broadcast(FLOATS, z);
    int size = 0;
    int reference = bvh.wideRoot;
    while (true) {
      if (reference >= 0) {
        int box = WideNodes.NODE_FLOATS * reference;
        IntVector gapX = FloatVector.fromArray(FLOATS, boxes, box).sub(x).reinterpretAsInts();
        IntVector gapY = FloatVector.fromArray(FLOATS, boxes, box + ROW).sub(y).reinterpretAsInts();
        IntVector gapZ =
            FloatVector.fromArray(FLOATS, boxes, box + 2 * ROW).sub(z).reinterpretAsInts();
        IntVector overX =
            pX.sub(FloatVector.fromArray(FLOATS, boxes, box + 3 * ROW)).reinterpretAsInts();
        IntVector overY =
            pY.sub(FloatVector.fromArray(FLOATS, boxes, box + 4 * ROW)).reinterpretAsInts();
        IntVector overZ =
            pZ.sub(FloatVector.fromArray(FLOATS, boxes, box + 5 * ROW)).reinterpretAsInts();
        FloatVector dx = gapX.max(overX).max(0).reinterpretAsFloats();
        FloatVector dy = gapY.max(overY).max(0).reinterpretAsFloats();
        FloatVector dz = gapZ.max(overZ).max(0).reinterpretAsFloats();
        IntVector distance = dx.mul(dx).add(dy.mul(dy)).add(dz.mul(dz)).reinterpretAsInts();
        int near =
            VectorLanes.notNegative(
                IntVector.broadcast(IntVector.SPECIES_256, limit).sub(distance));
        if (near != 0) {
          int child = WideNodes.WIDTH * reference;
          int first = Integer.numberOfTrailingZeros(near);
          near &= near - 1;
          if (near == 0) {
            reference = children[child + first];
            continue;
          }
          distance.intoArray(distances, 0);
          size = push(child, first, near, size);
          reference = stack[--size];
          continue;
        }
      } else {
        testBlock(reference);
        limit = limit();
      }
      do {
        if (size == 0 || query.isDone()) {
          return;
        }
        // Strictly farther only: a face at exactly the best distance may have a lower index.
      } while (bounds[--size] > limit);
      reference = stack[size];
    }
  }

  /** Pushes the children that are near, the nearest on top. */
  private int push(int node, int first, int others, int size) {
    int[] children = bvh.wideChildren;
    int top = size;
    stack[top] = children[node + first];
    bounds[top++] = distances[first];
    int left = others;
    do {
      int next = Integer.numberOfTrailingZeros(left);
      left &= left - 1;
      int distance = distances[next];
      int at = top++;
      while (at > size && bounds[at - 1] < distance) {
        bounds[at] = bounds[at - 1];
        stack[at] = stack[at - 1];
        at--;
      }
      bounds[at] = distance;
      stack[at] = children[node + next];
    } while (left != 0);
    return top;
  }

  /** Tests the faces of a block that may be nearest, the likeliest first. */
  private void testBlock(int reference) {
    int block = Bvh.block(reference);
    int nearest = faces.measure(Bvh.BLOCK_FLOATS * block, query);
    if (!faces.mayBeWithin(nearest, radius())) {
      return;
    }
    query.test(Bvh.BLOCK_FACES * block + nearest);
    int used = (2 << (Bvh.blockCount(reference) - 1)) - 1;
    int left = faces.within(radius()) & used & ~(1 << nearest);
    while (left != 0 && !query.isDone()) {
      query.test(Bvh.BLOCK_FACES * block + Integer.numberOfTrailingZeros(left));
      left &= left - 1;
    }
  }

  /** A float that is not below the root of the best squared distance. */
  private float radius() {
    return Math.nextUp((float) Math.sqrt(query.best));
  }

  private int limit() {
    return Math.min(FloatRay.bitsNotBelow(query.best), LARGEST_FINITE);
  }
}
