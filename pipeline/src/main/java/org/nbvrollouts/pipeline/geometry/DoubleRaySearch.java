package org.nbvrollouts.pipeline.geometry;

/** Tests boxes of the binary tree in double, whatever the ray and the mesh. */
final class DoubleRaySearch implements RaySearch {
  private final Bvh bvh;
  private final int[] stack = new int[Bvh.MAX_DEPTH];
  private final double[] entries = new double[Bvh.MAX_DEPTH];

  DoubleRaySearch(Bvh bvh) {
    this.bvh = bvh;
  }

  @Override
  public int root() {
    return bvh.root;
  }

  /** Depth first, the child that the ray enters earlier first. */
  @Override
  public void run(RayQuery query, int from) {
    float[] boxes = bvh.nodeBoxes;
    int[] children = bvh.children;
    RayTriangle ray = query.ray;
    int size = 0;
    int reference = from;
    while (true) {
      while (reference >= 0) {
        int box = reference * Bvh.NODE_FLOATS;
        double first = ray.entry(boxes, box, query.bestT);
        double second = ray.entry(boxes, box + Bvh.BOX_FLOATS, query.bestT);
        int side = second < first ? 1 : 0;
        double near = side == 0 ? first : second;
        double far = side == 0 ? second : first;
        if (near == Double.POSITIVE_INFINITY) {
          break;
        }
        if (far != Double.POSITIVE_INFINITY) {
          entries[size] = far;
          stack[size++] = children[2 * reference + 1 - side];
        }
        reference = children[2 * reference + side];
      }
      if (reference < 0) {
        int start = Bvh.leafStart(reference);
        for (int slot = start; slot < start + Bvh.leafCount(reference); slot++) {
          query.test(slot);
        }
      }
      do {
        if (size == 0) {
          return;
        }
        // Strictly later only: a face at exactly the best parameter may have a lower index.
      } while (entries[--size] > query.bestT);
      reference = stack[size];
    }
  }
}
