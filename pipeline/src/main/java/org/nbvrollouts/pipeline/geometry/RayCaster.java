package org.nbvrollouts.pipeline.geometry;

/**
 * Asks a {@link Bvh} which face a ray meets. Both sides of a face count, degenerate faces are
 * skipped, and of several faces at the same ray parameter the one with the lowest index wins. One
 * instance per thread; nothing is allocated per ray.
 */
public final class RayCaster {
  private final Bvh bvh;
  private final RayTriangle ray;
  private final int[] stack = new int[Bvh.MAX_DEPTH];
  private final double[] entries = new double[Bvh.MAX_DEPTH];
  private double bestT;
  private int bestFace;

  public RayCaster(Bvh bvh) {
    this.bvh = bvh;
    this.ray = bvh.newRayTriangle();
  }

  /**
   * Finds the nearest face with a ray parameter in [tMin, tMax], both inclusive. The parameter
   * counts multiples of the direction vector, which need not be a unit vector.
   *
   * @param hit receives the face and its ray parameter, or a miss
   * @return true if a face was hit
   * @throws IllegalArgumentException if origin or direction is not finite, or the direction is 0
   */
  public boolean nearest(
      double ox,
      double oy,
      double oz,
      double dx,
      double dy,
      double dz,
      double tMin,
      double tMax,
      RayHit hit) {
    ray.prepare(ox, oy, oz, dx, dy, dz, tMin);
    bestT = tMax;
    bestFace = RayHit.MISS;
    if (bvh.faceCount() > 0) {
      search();
    }
    hit.set(bestFace, bestFace == RayHit.MISS ? Double.POSITIVE_INFINITY : bestT);
    return bestFace != RayHit.MISS;
  }

  /** Depth first, the child that the ray enters earlier first. */
  private void search() {
    float[] boxes = bvh.nodeBoxes;
    int[] children = bvh.children;
    int size = 0;
    int reference = bvh.root;
    while (true) {
      while (reference >= 0) {
        int box = reference * Bvh.NODE_FLOATS;
        double first = ray.entry(boxes, box, bestT);
        double second = ray.entry(boxes, box + Bvh.BOX_FLOATS, bestT);
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
        testLeaf(reference);
      }
      do {
        if (size == 0) {
          return;
        }
        // Strictly later only: a face at exactly the best parameter may have a lower index.
      } while (entries[--size] > bestT);
      reference = stack[size];
    }
  }

  private void testLeaf(int reference) {
    int start = Bvh.leafStart(reference);
    int end = start + Bvh.leafCount(reference);
    for (int slot = start; slot < end; slot++) {
      double t = ray.intersect(bvh.corners, slot * Bvh.CORNER_FLOATS, bestT);
      if (!Double.isNaN(t)) {
        int face = bvh.faceOfSlot[slot];
        if (t < bestT || bestFace == RayHit.MISS || face < bestFace) {
          bestT = t;
          bestFace = face;
        }
      }
    }
  }
}
