package org.nbvrollouts.pipeline.geometry;

import java.util.function.IntPredicate;

/** One point and the nearest face found so far, shared by the searches that can answer it. */
final class PointQuery {
  final FloatPoint floatPoint;
  final double minCrossSquared;

  /** A float that is at most {@link #minCrossSquared}, and 0 only with it. */
  final float leastCrossSquared;

  double x;
  double y;
  double z;

  /** Squared distance of the best face, or the bound without one. */
  double best;

  int bestFace;

  /** A slot that has been the best of some point, negative before the first. */
  private int lastSlot = -1;

  private final Bvh bvh;
  private final IntPredicate isKnown;
  private boolean endsWithFirst;

  PointQuery(Bvh bvh, double minCrossSquared, IntPredicate isKnown) {
    this.bvh = bvh;
    this.minCrossSquared = minCrossSquared;
    this.leastCrossSquared = Math.max(0, Math.nextDown((float) minCrossSquared));
    this.isKnown = isKnown;
    floatPoint = new FloatPoint(bvh.largestCoordinate);
    bestFace = RayHit.MISS;
  }

  /**
   * Squared distance to a face that was the nearest to another point; infinite before the first.
   */
  double distanceOfLastFace(double px, double py, double pz) {
    return lastSlot < 0
        ? Double.POSITIVE_INFINITY
        : bvh.squaredDistance(px, py, pz, lastSlot, minCrossSquared);
  }

  /** Takes a point whose nearest face is wanted if it is within a bound. */
  void beginNearest(double px, double py, double pz, double bound) {
    begin(px, py, pz, bound);
    endsWithFirst = false;
  }

  /** Takes a point of which any face within a bound will do. */
  void beginAny(double px, double py, double pz, double bound) {
    begin(px, py, pz, bound);
    endsWithFirst = true;
  }

  private void begin(double px, double py, double pz, double bound) {
    x = px;
    y = py;
    z = pz;
    best = bound;
    bestFace = RayHit.MISS;
  }

  /** Takes the face of a slot if it is nearer, the lowest index of equal ones. */
  void test(int slot) {
    double d2 = bvh.squaredDistance(x, y, z, slot, minCrossSquared);
    if (d2 <= best) {
      int face = bvh.faceOfSlot[slot];
      boolean isNearer = d2 < best || bestFace == RayHit.MISS || face < bestFace;
      if (isNearer && isKnown.test(face)) {
        best = d2;
        bestFace = face;
        lastSlot = slot;
      }
    }
  }

  /** True if no further face has to be looked at. */
  boolean isDone() {
    return endsWithFirst && bestFace != RayHit.MISS;
  }
}
