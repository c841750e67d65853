package org.nbvrollouts.pipeline.geometry;

/**
 * A way to find the first face on a ray. All ways give the same face and ray parameter, bit for
 * bit; they differ in speed and in the rays they accept. One instance belongs to one thread.
 */
interface RaySearch {
  /** Finds the nearest hit of the query's ray in a mesh with at least one face. */
  void run(RayQuery query);
}
