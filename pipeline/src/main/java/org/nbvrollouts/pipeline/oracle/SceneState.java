package org.nbvrollouts.pipeline.oracle;

import org.nbvrollouts.pipeline.geometry.FaceDistances;
import org.nbvrollouts.pipeline.geometry.PointBuffer;

/** Points of a scene state, how far each is from the mesh, and how far each face is from them. */
final class SceneState {
  private final PointBuffer points;
  private final double[] squaredDistances;
  private final int[] nearestFaces;
  private final FaceDistances faces;

  SceneState(
      PointBuffer points, double[] squaredDistances, int[] nearestFaces, FaceDistances faces) {
    this.points = points;
    this.squaredDistances = squaredDistances;
    this.nearestFaces = nearestFaces;
    this.faces = faces;
  }

  PointBuffer points() {
    return points;
  }

  /** Squared distance of a point to its nearest face, m². */
  double squaredDistance(int point) {
    return squaredDistances[point];
  }

  int nearestFace(int point) {
    return nearestFaces[point];
  }

  /** Distances of the faces; not to be lowered. */
  FaceDistances faces() {
    return faces;
  }
}
