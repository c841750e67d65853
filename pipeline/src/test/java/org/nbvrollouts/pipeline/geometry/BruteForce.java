package org.nbvrollouts.pipeline.geometry;

import org.nbvrollouts.store.source.TriangleMesh;

/** Answers by asking every face in index order with the shared predicates. */
final class BruteForce {
  private final float[] corners;
  private final int faceCount;
  private final float padMetres;

  BruteForce(TriangleMesh mesh) {
    corners = Meshes.corners(mesh);
    faceCount = mesh.faceCount();
    float largest = 0;
    for (float coordinate : corners) {
      largest = Math.max(largest, Math.abs(coordinate));
    }
    padMetres = RayTriangle.padFor(largest);
  }

  void nearest(double[] origin, double[] direction, double tMin, double tMax, RayHit hit) {
    RayTriangle ray = new RayTriangle(padMetres);
    ray.prepare(origin[0], origin[1], origin[2], direction[0], direction[1], direction[2], tMin);
    int face = RayHit.MISS;
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < faceCount; i++) {
      double t = ray.intersect(corners, 9 * i, tMax);
      if (t < best) {
        best = t;
        face = i;
      }
    }
    hit.set(face, best);
  }

  double squaredDistance(double x, double y, double z, double minAreaM2) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < faceCount; i++) {
      best = Math.min(best, faceDistance(i, x, y, z, minAreaM2));
    }
    return best;
  }

  int nearestFace(double x, double y, double z, double minAreaM2) {
    double best = squaredDistance(x, y, z, minAreaM2);
    for (int i = 0; i < faceCount; i++) {
      if (faceDistance(i, x, y, z, minAreaM2) == best) {
        return i;
      }
    }
    return RayHit.MISS;
  }

  double faceDistance(int face, double x, double y, double z, double minAreaM2) {
    return PointTriangle.squaredDistance(
        x, y, z, corners, 9 * face, PointTriangle.minCrossSquared(minAreaM2));
  }
}
