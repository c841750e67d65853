package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.pipeline.geometry.Bvh;

/** What the rules ask the scene mesh; for one thread at a time. */
record SceneClearance(MeshClearance points, PathClearance paths) {

  /** Exact distances of points, and of moves by the configured rule. */
  static SceneClearance of(Bvh sceneMesh, CandidateRulesConfig config) {
    MeshClearance points = MeshClearance.of(sceneMesh);
    return new SceneClearance(
        points,
        switch (config.pathRule()) {
          case SAMPLED_CLEARANCE -> PathClearance.sampled(points, config.raySubsample());
          case EXACT_CLEARANCE -> PathClearance.exact(sceneMesh);
        });
  }

  /** A point with its distance to the mesh. */
  PathClearance.Place place(Vector3 world) {
    return new PathClearance.Place(world, points.distanceMetres(world, Double.POSITIVE_INFINITY));
  }
}
