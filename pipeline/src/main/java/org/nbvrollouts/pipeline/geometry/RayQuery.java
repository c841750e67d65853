package org.nbvrollouts.pipeline.geometry;

/** One ray and the best hit found so far, shared by the searches that can answer it. */
final class RayQuery {
  final RayTriangle ray;
  final FloatRay floatRay;
  double bestT;
  int bestFace;
  private final float[] corners;
  private final int[] faceOfSlot;

  RayQuery(Bvh bvh) {
    ray = bvh.newRayTriangle();
    floatRay = new FloatRay(bvh.largestCoordinate);
    corners = bvh.corners;
    faceOfSlot = bvh.faceOfSlot;
  }

  /** Forgets the last hit; the ray has been prepared. */
  void begin(double tMax) {
    bestT = tMax;
    bestFace = RayHit.MISS;
  }

  /** Takes the face of a slot if the ray meets it first, the lowest index of equal ones. */
  void test(int slot) {
    double t = ray.intersect(corners, Bvh.cornerOffset(slot), Bvh.BLOCK_FACES, bestT);
    if (!Double.isNaN(t)) {
      int face = faceOfSlot[slot];
      if (t < bestT || bestFace == RayHit.MISS || face < bestFace) {
        bestT = t;
        bestFace = face;
      }
    }
  }
}
