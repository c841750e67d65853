package org.nbvrollouts.pipeline.candidate;

/** Distance from a world point to the nearest face of the scene mesh. */
@FunctionalInterface
interface MeshClearance {

  /** Exact distance in metres; positive infinity for a mesh without faces. */
  double distanceMetres(double x, double y, double z);
}
