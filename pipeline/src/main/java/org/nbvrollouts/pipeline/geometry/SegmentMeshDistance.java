package org.nbvrollouts.pipeline.geometry;

/**
 * Asks a {@link Bvh} for the distance between a straight move and the mesh, exactly: every point of
 * the move counts, not a sample of them, and faces of every size have an interior. One instance per
 * thread; nothing is allocated per query. A mesh without faces is infinitely far away.
 */
public final class SegmentMeshDistance {
  /** Taken off a bound that has gone through two square roots. */
  private static final double ROUNDING = 1e-9;

  private final Bvh bvh;
  private final SegmentTriangle segment = new SegmentTriangle();
  private final int[] stack = new int[Bvh.MAX_DEPTH];
  private final double[] bounds = new double[Bvh.MAX_DEPTH];
  private double leastX;
  private double leastY;
  private double leastZ;
  private double largestX;
  private double largestY;
  private double largestZ;
  private double best;

  public SegmentMeshDistance(Bvh bvh) {
    this.bvh = bvh;
  }

  /**
   * Squared distance between the segment from (x0, y0, z0) to (x1, y1, z1) and the nearest face if
   * it is at most the bound, otherwise the bound; 0 if the segment crosses a face.
   *
   * @param upperBoundM2 largest squared distance of interest, m²
   * @throws IllegalArgumentException if a coordinate is not finite
   */
  public double squaredDistance(
      double x0, double y0, double z0, double x1, double y1, double z1, double upperBoundM2) {
    if (!Double.isFinite(x0 + y0 + z0 + x1 + y1 + z1)) {
      throw new IllegalArgumentException(
          String.format(
              "Invalid segment: (%s, %s, %s) to (%s, %s, %s) (expected finite coordinates)",
              x0, y0, z0, x1, y1, z1));
    }
    segment.prepare(x0, y0, z0, x1, y1, z1);
    leastX = Math.min(x0, x1);
    leastY = Math.min(y0, y1);
    leastZ = Math.min(z0, z1);
    largestX = Math.max(x0, x1);
    largestY = Math.max(y0, y1);
    largestZ = Math.max(z0, z1);
    best = upperBoundM2;
    if (bvh.faceCount() > 0) {
      search();
    }
    return best;
  }

  /** Depth first, the nearer child first. */
  private void search() {
    int size = 0;
    int reference = bvh.root;
    while (true) {
      while (reference >= 0) {
        int box = reference * Bvh.NODE_FLOATS;
        double first = bound(box);
        double second = bound(box + Bvh.BOX_FLOATS);
        int side = second < first ? 1 : 0;
        if (Math.min(first, second) >= best) {
          break;
        }
        double far = Math.max(first, second);
        if (far < best) {
          bounds[size] = far;
          stack[size++] = bvh.children[2 * reference + 1 - side];
        }
        reference = bvh.children[2 * reference + side];
      }
      if (reference < 0) {
        testLeaf(reference);
      }
      do {
        if (size == 0) {
          return;
        }
      } while (bounds[--size] >= best);
      reference = stack[size];
    }
  }

  private void testLeaf(int reference) {
    int start = Bvh.leafStart(reference);
    for (int slot = start; slot < start + Bvh.leafCount(reference); slot++) {
      best = Math.min(best, segment.squaredDistance(bvh.corners, Bvh.cornerOffset(slot)));
    }
  }

  /**
   * A bound that no face in a box is below: the gap between the box and that of the segment, or the
   * distance between the segment and the sphere around the box.
   */
  private double bound(int offset) {
    float[] box = bvh.nodeBoxes;
    double dx = gap(box[offset] - largestX, leastX - box[offset + 3]);
    double dy = gap(box[offset + 1] - largestY, leastY - box[offset + 4]);
    double dz = gap(box[offset + 2] - largestZ, leastZ - box[offset + 5]);
    double halfX = 0.5 * ((double) box[offset + 3] - box[offset]);
    double halfY = 0.5 * ((double) box[offset + 4] - box[offset + 1]);
    double halfZ = 0.5 * ((double) box[offset + 5] - box[offset + 2]);
    double toMiddle =
        Math.sqrt(
            segment.squaredDistanceToPoint(
                box[offset] + halfX, box[offset + 1] + halfY, box[offset + 2] + halfZ));
    double radius = Math.sqrt(halfX * halfX + halfY * halfY + halfZ * halfZ);
    double outside = Math.max(0, toMiddle - radius - ROUNDING * toMiddle);
    return Math.max(dx * dx + dy * dy + dz * dz, outside * outside);
  }

  private static double gap(double below, double above) {
    return Math.max(0, Math.max(below, above));
  }
}
