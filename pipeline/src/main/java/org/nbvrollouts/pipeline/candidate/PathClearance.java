package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.SegmentMeshDistance;

/** Least distance between a straight move and the scene mesh. */
@FunctionalInterface
interface PathClearance {
  /**
   * An end of a move.
   *
   * @param meshDistance distance to the mesh, metres
   */
  record Place(Vector3 world, double meshDistance) {}

  /** The distance in metres; positive infinity for a mesh without faces. */
  double leastMetres(Place from, Place to);

  /** The least distance over evenly spaced points, at least 2. */
  static PathClearance sampled(MeshClearance mesh, int points) {
    return (from, to) -> SampledPath.leastMetres(mesh, from, to, points);
  }

  /** The least distance over all points; for one thread at a time. */
  static PathClearance exact(Bvh sceneMesh) {
    SegmentMeshDistance distances = new SegmentMeshDistance(sceneMesh);
    return (from, to) -> {
      double atEnds = Math.min(from.meshDistance(), to.meshDistance());
      Vector3 p = from.world();
      Vector3 q = to.world();
      return Math.min(
          atEnds,
          Math.sqrt(
              distances.squaredDistance(
                  p.x(), p.y(), p.z(), q.x(), q.y(), q.z(), atEnds * atEnds)));
    };
  }
}
