package org.nbvrollouts.pipeline.geometry;

import org.nbvrollouts.store.source.Pose12;

/**
 * Asks a {@link Bvh} which face a ray meets. Both sides of a face count, degenerate faces are
 * skipped, and of several faces at the same ray parameter the one with the lowest index wins. One
 * instance per thread; nothing is allocated per ray.
 */
public final class RayCaster {
  private final RayQuery query;
  private final RaySearch fast;
  private final RaySearch exact;
  private final boolean isEmpty;

  public RayCaster(Bvh bvh) {
    this(bvh, Kernels.preferred());
  }

  RayCaster(Bvh bvh, Kernel kernel) {
    query = new RayQuery(bvh);
    fast = kernel.newRaySearch(bvh);
    exact = new DoubleRaySearch(bvh);
    isEmpty = bvh.faceCount() == 0;
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
    query.ray.prepare(ox, oy, oz, dx, dy, dz, tMin);
    return run(tMax, hit);
  }

  /** As above, without an upper bound, for the ray of a camera through (x, y, 1) of its frame. */
  boolean nearest(Pose12 pose, double x, double y, double tMin, RayHit hit) {
    query.ray.prepare(pose, x, y, tMin);
    return run(Double.POSITIVE_INFINITY, hit);
  }

  private boolean run(double tMax, RayHit hit) {
    query.begin(tMax);
    if (!isEmpty) {
      RaySearch search = query.floatRay.prepare(query.ray) ? fast : exact;
      search.run(query, search.root());
    }
    boolean isMiss = query.bestFace == RayHit.MISS;
    hit.set(query.bestFace, isMiss ? Double.POSITIVE_INFINITY : query.bestT);
    return !isMiss;
  }
}
