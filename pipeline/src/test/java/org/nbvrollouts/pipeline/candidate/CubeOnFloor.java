package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.store.source.TriangleMesh;

/** The scene of the golden vectors: the cube [−0.5, 0.5]³ on a square floor ±2 at z = −0.5. */
final class CubeOnFloor {
  private CubeOnFloor() {}

  static Bvh bvh() {
    return Bvh.build(
        TriangleMesh.of(
            new float[] {
              -0.5f, -0.5f, -0.5f, 0.5f, -0.5f, -0.5f, 0.5f, 0.5f, -0.5f, -0.5f, 0.5f, -0.5f,
              -0.5f, -0.5f, 0.5f, 0.5f, -0.5f, 0.5f, 0.5f, 0.5f, 0.5f, -0.5f, 0.5f, 0.5f,
              -2f, -2f, -0.5f, 2f, -2f, -0.5f, 2f, 2f, -0.5f, -2f, 2f, -0.5f
            },
            new int[] {
              0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7, 0, 1, 5, 0, 5, 4, 1, 2, 6, 1, 6, 5, 2, 3, 7, 2, 7,
              6, 3, 0, 4, 3, 4, 7, 8, 9, 10, 8, 10, 11
            }));
  }
}
