package org.nbvrollouts.pipeline.geometry;

/**
 * Tests boxes of the binary tree in float, for rays that {@link FloatRay} accepts. Ray parameters
 * are compared as the integers of their bits: floats that are not negative order the same way, a
 * negative one counts as less than all of them, and the least and largest of integers are found
 * without a branch.
 */
final class FloatRaySearch implements RaySearch {
  private final Bvh bvh;
  private final int[] stack = new int[Bvh.MAX_DEPTH];
  private final int[] entries = new int[Bvh.MAX_DEPTH];

  FloatRaySearch(Bvh bvh) {
    this.bvh = bvh;
  }

  @Override
  public int root() {
    return bvh.root;
  }

  /** Depth first, the child that the ray enters earlier first. */
  @Override
  public void run(RayQuery query, int start) {
    float[] boxes = bvh.nodeBoxes;
    int[] children = bvh.children;
    FloatRay ray = query.floatRay;
    float ox = ray.originX;
    float oy = ray.originY;
    float oz = ray.originZ;
    float ix = ray.inverseX;
    float iy = ray.inverseY;
    float iz = ray.inverseZ;
    int nearX = ix < 0 ? 3 : 0;
    int nearY = iy < 0 ? 4 : 1;
    int nearZ = iz < 0 ? 5 : 2;
    int farX = 3 - nearX;
    int farY = 5 - nearY;
    int farZ = 7 - nearZ;
    int tMin = ray.tMinBits;
    int limit = FloatRay.bitsNotBelow(query.bestT);
    int size = 0;
    int reference = start;
    while (true) {
      if (reference >= 0) {
        int box = reference * Bvh.NODE_FLOATS;
        int enter =
            latest(
                (boxes[box + nearX] - ox) * ix,
                (boxes[box + nearY] - oy) * iy,
                (boxes[box + nearZ] - oz) * iz,
                tMin);
        int leave =
            earliest(
                (boxes[box + farX] - ox) * ix,
                (boxes[box + farY] - oy) * iy,
                (boxes[box + farZ] - oz) * iz,
                limit);
        int enterSecond =
            latest(
                (boxes[box + 6 + nearX] - ox) * ix,
                (boxes[box + 6 + nearY] - oy) * iy,
                (boxes[box + 6 + nearZ] - oz) * iz,
                tMin);
        int leaveSecond =
            earliest(
                (boxes[box + 6 + farX] - ox) * ix,
                (boxes[box + 6 + farY] - oy) * iy,
                (boxes[box + 6 + farZ] - oz) * iz,
                limit);
        int first = children[2 * reference];
        int second = children[2 * reference + 1];
        if (enter <= leave) {
          if (enterSecond <= leaveSecond) {
            boolean isSecondNearer = enterSecond < enter;
            entries[size] = isSecondNearer ? enter : enterSecond;
            stack[size++] = isSecondNearer ? first : second;
            reference = isSecondNearer ? second : first;
          } else {
            reference = first;
          }
          continue;
        } else if (enterSecond <= leaveSecond) {
          reference = second;
          continue;
        }
      } else {
        int slot = Bvh.leafStart(reference);
        int end = slot + Bvh.leafCount(reference);
        do {
          query.test(slot++);
        } while (slot < end);
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

  private static int latest(float x, float y, float z, int tMin) {
    int xy = Math.max(Float.floatToRawIntBits(x), Float.floatToRawIntBits(y));
    return Math.max(xy, Math.max(Float.floatToRawIntBits(z), tMin));
  }

  private static int earliest(float x, float y, float z, int limit) {
    int xy = Math.min(Float.floatToRawIntBits(x), Float.floatToRawIntBits(y));
    return Math.min(xy, Math.min(Float.floatToRawIntBits(z), limit));
  }
}
