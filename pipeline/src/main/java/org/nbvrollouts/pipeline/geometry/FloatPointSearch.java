package org.nbvrollouts.pipeline.geometry;

/**
 * Tests boxes of the binary tree in float, for points that {@link FloatPoint} accepts. Squared
 * distances are compared as the integers of their bits, which order the same way.
 */
final class FloatPointSearch implements PointSearch {
  private final Bvh bvh;
  private final int[] stack = new int[Bvh.MAX_DEPTH];
  private final int[] bounds = new int[Bvh.MAX_DEPTH];

  FloatPointSearch(Bvh bvh) {
    this.bvh = bvh;
  }

  /** Depth first, the nearer child first. */
  @Override
  public void run(PointQuery query) {
    query.testLast();
    float[] boxes = bvh.nodeBoxes;
    int[] children = bvh.children;
    float x = query.floatPoint.x;
    float y = query.floatPoint.y;
    float z = query.floatPoint.z;
    int limit = FloatRay.bitsNotBelow(query.best);
    int size = 0;
    int reference = bvh.root;
    while (true) {
      if (reference >= 0) {
        int box = reference * Bvh.NODE_FLOATS;
        int first = boxDistance(boxes, box, x, y, z);
        int second = boxDistance(boxes, box + Bvh.BOX_FLOATS, x, y, z);
        boolean isSecondNearer = second < first;
        int near = isSecondNearer ? second : first;
        int far = isSecondNearer ? first : second;
        if (near <= limit) {
          int side = isSecondNearer ? 1 : 0;
          if (far <= limit) {
            bounds[size] = far;
            stack[size++] = children[2 * reference + 1 - side];
          }
          reference = children[2 * reference + side];
          continue;
        }
      } else {
        int slot = Bvh.leafStart(reference);
        int end = slot + Bvh.leafCount(reference);
        do {
          query.test(slot++);
        } while (slot < end);
        limit = FloatRay.bitsNotBelow(query.best);
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

  private static int boxDistance(float[] boxes, int at, float x, float y, float z) {
    float dx = gap(boxes[at] - x, x - boxes[at + 3]);
    float dy = gap(boxes[at + 1] - y, y - boxes[at + 4]);
    float dz = gap(boxes[at + 2] - z, z - boxes[at + 5]);
    return Float.floatToRawIntBits(dx * dx + dy * dy + dz * dz);
  }

  /** The larger of two gaps of which at most one is positive, at least 0, without a branch. */
  private static float gap(float below, float above) {
    int larger = Math.max(Float.floatToRawIntBits(below), Float.floatToRawIntBits(above));
    return Float.intBitsToFloat(Math.max(larger, 0));
  }
}
