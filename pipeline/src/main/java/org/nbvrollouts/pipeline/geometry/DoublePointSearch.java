package org.nbvrollouts.pipeline.geometry;

/** Tests boxes of the binary tree in double, whatever the point and the mesh. */
final class DoublePointSearch implements PointSearch {
  private final Bvh bvh;
  private final int[] stack = new int[Bvh.MAX_DEPTH];
  private final double[] bounds = new double[Bvh.MAX_DEPTH];

  DoublePointSearch(Bvh bvh) {
    this.bvh = bvh;
  }

  /** Depth first, the nearer child first. */
  @Override
  public void run(PointQuery query) {
    query.testLast();
    int size = 0;
    int reference = bvh.root;
    while (true) {
      while (reference >= 0) {
        int box = reference * Bvh.NODE_FLOATS;
        double first = boxDistance(query, box);
        double second = boxDistance(query, box + Bvh.BOX_FLOATS);
        int side = second < first ? 1 : 0;
        double near = side == 0 ? first : second;
        double far = side == 0 ? second : first;
        if (near > query.best) {
          break;
        }
        if (far <= query.best) {
          bounds[size] = far;
          stack[size++] = bvh.children[2 * reference + 1 - side];
        }
        reference = bvh.children[2 * reference + side];
      }
      if (reference < 0) {
        int start = Bvh.leafStart(reference);
        for (int slot = start; slot < start + Bvh.leafCount(reference); slot++) {
          query.test(slot);
        }
      }
      do {
        if (size == 0 || query.isDone()) {
          return;
        }
        // Strictly farther only: a face at exactly the best distance may have a lower index.
      } while (bounds[--size] > query.best);
      reference = stack[size];
    }
  }

  /** Squared distance to a box, never above the distance to a face in it. */
  private double boxDistance(PointQuery query, int offset) {
    float[] boxes = bvh.nodeBoxes;
    double dx = gap(boxes[offset] - query.x, query.x - boxes[offset + 3]);
    double dy = gap(boxes[offset + 1] - query.y, query.y - boxes[offset + 4]);
    double dz = gap(boxes[offset + 2] - query.z, query.z - boxes[offset + 5]);
    return dx * dx + dy * dy + dz * dz;
  }

  private static double gap(double below, double above) {
    double gap = below > above ? below : above;
    return gap > 0 ? gap : 0;
  }
}
