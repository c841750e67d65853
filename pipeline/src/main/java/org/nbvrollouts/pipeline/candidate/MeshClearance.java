package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.PointMeshDistance;

/** Distance from a world point to the nearest face of the scene mesh. */
@FunctionalInterface
interface MeshClearance {

  /**
   * Exact distance in metres; positive infinity for a mesh without faces.
   *
   * @param atMostMetres a distance that the answer is known not to exceed, to save search
   */
  double distanceMetres(Vector3 pointWorld, double atMostMetres);

  /** Exact distances to a mesh, whatever the size of its faces; for one thread at a time. */
  static MeshClearance of(Bvh sceneMesh) {
    PointMeshDistance distances = new PointMeshDistance(sceneMesh, 0);
    return (point, atMostMetres) ->
        Math.sqrt(
            distances.squaredDistance(
                point.x(), point.y(), point.z(), atMostMetres * atMostMetres));
  }
}
