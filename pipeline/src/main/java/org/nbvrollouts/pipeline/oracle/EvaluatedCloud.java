package org.nbvrollouts.pipeline.oracle;

import org.nbvrollouts.pipeline.geometry.FaceDistances;
import org.nbvrollouts.pipeline.geometry.PointBuffer;

/**
 * A cloud with its error, the sum behind its accuracy and the distance of every face to it, so that
 * the error of a union costs only the added points (specification generation 6.5, requirement G-4).
 */
final class EvaluatedCloud {
  private final MeshEvaluator mesh;
  private final PointBuffer points;
  private final double squaredDistanceSum;
  private final FaceDistances faces;
  private final PointMeshError error;

  EvaluatedCloud(
      MeshEvaluator mesh, PointBuffer points, double squaredDistanceSum, FaceDistances faces) {
    this.mesh = mesh;
    this.points = points;
    this.squaredDistanceSum = squaredDistanceSum;
    this.faces = faces;
    this.error =
        new PointMeshError(squaredDistanceSum / points.size(), faces.sum() / mesh.faceCount());
  }

  PointBuffer points() {
    return points;
  }

  PointMeshError error() {
    return error;
  }

  /** Error of this cloud and {@code added}, concatenated; this cloud stays as it is. */
  PointMeshError errorWith(PointBuffer added) {
    if (added.isEmpty()) {
      return error;
    }
    double sum = squaredDistanceSum + mesh.sumOfSquaredDistances(added);
    return new PointMeshError(
        sum / (points.size() + added.size()), faces.sumIfLowered(added) / mesh.faceCount());
  }

  /** Number of faces that {@code added} is nearer to than this cloud. */
  int facesNearerTo(PointBuffer added) {
    FaceDistances lowered = faces.copy();
    lowered.lower(added);
    int count = 0;
    for (int face = 0; face < faces.faceCount(); face++) {
      count += lowered.at(face) < faces.at(face) ? 1 : 0;
    }
    return count;
  }
}
