package org.nbvrollouts.pipeline.geometry;

import java.util.function.IntPredicate;

/** One point and the nearest face found so far, shared by the searches that can answer it. */
final class PointQuery {
  final FloatPoint floatPoint;
  final double minCrossSquared;

  /** A float that is at most {@link #minCrossSquared}, and 0 only with it. */
  final float leastCrossSquared;

  /** A float above {@link #minCrossSquared}. */
  final float mostCrossSquared;

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
  private boolean startsWithLast;

  PointQuery(Bvh bvh, double minCrossSquared, IntPredicate isKnown) {
    this.bvh = bvh;
    this.minCrossSquared = minCrossSquared;
    this.leastCrossSquared = Math.max(0, Math.nextDown((float) minCrossSquared));
    this.mostCrossSquared = Math.nextUp((float) minCrossSquared);
    this.isKnown = isKnown;
    floatPoint = new FloatPoint(bvh.largestCoordinate);
    bestFace = RayHit.MISS;
  }

  /** Takes a point whose nearest face is wanted. */
  void beginNearest(double px, double py, double pz) {
    begin(px, py, pz, Double.POSITIVE_INFINITY);
    startsWithLast = true;
  }

  /** Takes a point whose nearest face is wanted if it is within a bound. */
  void beginNearest(double px, double py, double pz, double bound) {
    begin(px, py, pz, bound);
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
    startsWithLast = false;
    endsWithFirst = false;
  }

  /** True if faces near the answer to the point before are a good start. */
  boolean startsWithLast() {
    return startsWithLast;
  }

  /** True if any face will do. */
  boolean endsWithFirst() {
    return endsWithFirst;
  }

  /** False for a face that must not be found. */
  boolean knows(int slot) {
    return isKnown.test(bvh.faceOfSlot[slot]);
  }

  /** Takes the last best face first, if that is a good start. */
  void testLast() {
    if (startsWithLast && lastSlot >= 0) {
      test(lastSlot);
    }
  }

  /**
   * Takes the face of a slot if it is nearer, the lowest index of equal ones.
   *
   * @return whether it was taken
   */
  boolean test(int slot) {
    double d2 = bvh.squaredDistance(x, y, z, slot, minCrossSquared);
    if (d2 <= best) {
      int face = bvh.faceOfSlot[slot];
      boolean isNearer = d2 < best || bestFace == RayHit.MISS || face < bestFace;
      if (isNearer && isKnown.test(face)) {
        best = d2;
        bestFace = face;
        lastSlot = slot;
        return true;
      }
    }
    return false;
  }

  /** True if no further face has to be looked at. */
  boolean isDone() {
    return endsWithFirst && bestFace != RayHit.MISS;
  }
}
