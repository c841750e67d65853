package org.nbvrollouts.pipeline.geometry;

/**
 * A way to find the first face on a ray. All ways give the same face and ray parameter, bit for
 * bit; they differ in speed and in the rays they accept. One instance belongs to one thread.
 */
interface RaySearch {
  /** Reference to the root of the tree that is searched. */
  int root();

  /** Finds the nearest hit of the query's ray below a node, or in a leaf. */
  void run(RayQuery query, int reference);
}
