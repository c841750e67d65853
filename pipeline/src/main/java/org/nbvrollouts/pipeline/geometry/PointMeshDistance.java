package org.nbvrollouts.pipeline.geometry;

import java.util.function.IntPredicate;

/**
 * Asks a {@link Bvh} for the distance between a point and the mesh, thresholded as {@link
 * PointTriangle} says. One instance per thread; nothing is allocated per point. A mesh without
 * faces is infinitely far away.
 */
public final class PointMeshDistance {
  private final Bvh bvh;
  private final IntPredicate isKnown;
  private final double minCrossSquared;
  private final int[] stack = new int[Bvh.MAX_DEPTH];
  private final double[] bounds = new double[Bvh.MAX_DEPTH];
  private double px;
  private double py;
  private double pz;
  private double best;
  private int bestFace = RayHit.MISS;

  /**
   * Prepares queries.
   *
   * @param minTriangleAreaM2 faces with a smaller area are measured to their edges only; 0 for the
   *     exact distance
   */
  public PointMeshDistance(Bvh bvh, double minTriangleAreaM2) {
    this(bvh, minTriangleAreaM2, face -> true);
  }

  /**
   * Prepares queries that know some faces only.
   *
   * @param minTriangleAreaM2 as above
   * @param isKnown asked for faces that could be the nearest
   */
  public PointMeshDistance(Bvh bvh, double minTriangleAreaM2, IntPredicate isKnown) {
    this.bvh = bvh;
    this.isKnown = isKnown;
    this.minCrossSquared = PointTriangle.minCrossSquared(minTriangleAreaM2);
  }

  /**
   * Squared distance to the nearest face, m²; positive infinity for a mesh without faces.
   *
   * @throws IllegalArgumentException if a coordinate is not finite
   */
  public double squaredDistance(double x, double y, double z) {
    return squaredDistance(x, y, z, Double.POSITIVE_INFINITY);
  }

  /**
   * Squared distance to the nearest face if it is at most the bound, otherwise the bound. A bound
   * known from a neighbouring point saves most of the search.
   *
   * @param upperBoundM2 largest squared distance of interest, m²
   * @throws IllegalArgumentException if a coordinate is not finite
   */
  public double squaredDistance(double x, double y, double z, double upperBoundM2) {
    begin(x, y, z, upperBoundM2);
    if (bvh.faceCount() > 0) {
      search();
    }
    return best;
  }

  /**
   * True if a face lies within the radius, boundary included; stops at the first one found.
   *
   * @throws IllegalArgumentException if a coordinate is not finite
   */
  public boolean isWithin(double x, double y, double z, double radiusMetres) {
    begin(x, y, z, radiusMetres * radiusMetres);
    if (bvh.faceCount() > 0 && radiusMetres >= 0) {
      searchAny();
    }
    return bestFace != RayHit.MISS;
  }

  /**
   * The face that decided the last query, the lowest index of equally near ones, or {@link
   * RayHit#MISS}; after {@link #isWithin} any face within the radius.
   */
  public int nearestFace() {
    return bestFace;
  }

  private void begin(double x, double y, double z, double bound) {
    if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
      throw new IllegalArgumentException(
          "Invalid point: (" + x + ", " + y + ", " + z + ") (expected finite coordinates)");
    }
    px = x;
    py = y;
    pz = z;
    best = bound;
    bestFace = RayHit.MISS;
  }

  /** Depth first, the nearer child first. */
  private void search() {
    float[] boxes = bvh.nodeBoxes;
    int[] children = bvh.children;
    int size = 0;
    int reference = bvh.root;
    while (true) {
      while (reference >= 0) {
        int box = reference * Bvh.NODE_FLOATS;
        double first = boxDistance(boxes, box);
        double second = boxDistance(boxes, box + Bvh.BOX_FLOATS);
        int side = second < first ? 1 : 0;
        double near = side == 0 ? first : second;
        double far = side == 0 ? second : first;
        if (near > best) {
          break;
        }
        if (far <= best) {
          bounds[size] = far;
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
        // Strictly farther only: a face at exactly the best distance may have a lower index.
      } while (bounds[--size] > best);
      reference = stack[size];
    }
  }

  /** As {@link #search()}, but ends with the first face within the bound. */
  private void searchAny() {
    int size = 0;
    int reference = bvh.root;
    while (true) {
      while (reference >= 0) {
        int box = reference * Bvh.NODE_FLOATS;
        double first = boxDistance(bvh.nodeBoxes, box);
        double second = boxDistance(bvh.nodeBoxes, box + Bvh.BOX_FLOATS);
        int side = second < first ? 1 : 0;
        if (Math.min(first, second) > best) {
          break;
        }
        if (Math.max(first, second) <= best) {
          stack[size++] = bvh.children[2 * reference + 1 - side];
        }
        reference = bvh.children[2 * reference + side];
      }
      if (reference < 0) {
        testLeaf(reference);
      }
      if (bestFace != RayHit.MISS || size == 0) {
        return;
      }
      reference = stack[--size];
    }
  }

  private void testLeaf(int reference) {
    int start = Bvh.leafStart(reference);
    int end = start + Bvh.leafCount(reference);
    for (int slot = start; slot < end; slot++) {
      double d2 = bvh.squaredDistance(px, py, pz, slot, minCrossSquared);
      if (d2 <= best) {
        int face = bvh.faceOfSlot[slot];
        boolean isNearer = d2 < best || bestFace == RayHit.MISS || face < bestFace;
        if (isNearer && isKnown.test(face)) {
          best = d2;
          bestFace = face;
        }
      }
    }
  }

  /** Squared distance to a box, never above the distance to a face in it. */
  private double boxDistance(float[] boxes, int offset) {
    double dx = gap(boxes[offset] - px, px - boxes[offset + 3]);
    double dy = gap(boxes[offset + 1] - py, py - boxes[offset + 4]);
    double dz = gap(boxes[offset + 2] - pz, pz - boxes[offset + 5]);
    return dx * dx + dy * dy + dz * dz;
  }

  private static double gap(double below, double above) {
    double gap = below > above ? below : above;
    return gap > 0 ? gap : 0;
  }
}
