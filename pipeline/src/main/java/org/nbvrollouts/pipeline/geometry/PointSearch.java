package org.nbvrollouts.pipeline.geometry;

/**
 * A way to find the nearest face of a point. All ways give the same face and distance, bit for bit;
 * they differ in speed and in the points they accept. One instance belongs to one thread.
 */
interface PointSearch {
  /** Finds the nearest face, or any if the query wants no more, in a mesh with at least one. */
  void run(PointQuery query);
}
