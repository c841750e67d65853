package org.nbvrollouts.pipeline.reference;

import java.util.List;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Exact distances to a mesh, whatever the size of its faces (specification generation 4.4).
 * Distances of many points are best asked for at once.
 */
public final class ReferenceClearance {
  private final GroupedFaces faces;

  public ReferenceClearance(TriangleMesh mesh) {
    faces = new GroupedFaces(ReferenceFaces.inside(mesh, vertex -> true), 0);
  }

  /** Distance of each point to the nearest face, metres; infinite without a face. */
  public double[] metres(List<Point3> pointsWorld) {
    double[] squared = faces.toFaces(pointsWorld);
    for (int i = 0; i < squared.length; i++) {
      squared[i] = Math.sqrt(squared[i]);
    }
    return squared;
  }

  /** Least distance of all points of a segment to the nearest face, metres. */
  public double metres(Point3 from, Point3 to) {
    return Math.sqrt(faces.toFaces(from, to));
  }
}
