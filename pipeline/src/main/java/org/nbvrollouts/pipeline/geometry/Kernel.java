package org.nbvrollouts.pipeline.geometry;

/**
 * A family of searches over a {@link Bvh}. All families give the same answers, bit for bit; {@link
 * Kernels} knows which there are.
 */
interface Kernel {
  /** A search for rays that {@link FloatRay} accepts. */
  RaySearch newRaySearch(Bvh bvh);

  /** A way to walk the tree in which these searches start, for all rays of a grid. */
  GridProjector newGridProjector(Bvh bvh);

  /** A search for points that {@link FloatPoint} accepts. */
  PointSearch newPointSearch(Bvh bvh);
}
