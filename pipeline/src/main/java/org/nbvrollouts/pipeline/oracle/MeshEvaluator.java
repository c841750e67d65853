package org.nbvrollouts.pipeline.oracle;

import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.FaceDistances;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.PointMeshDistance;

/** Errors of point clouds against one mesh. For one thread at a time. */
final class MeshEvaluator {
  private final Bvh bvh;
  private final double minTriangleAreaM2;
  private final PointMeshDistance distance;

  MeshEvaluator(Bvh bvh, double minTriangleAreaM2) {
    this.bvh = bvh;
    this.minTriangleAreaM2 = minTriangleAreaM2;
    this.distance = new PointMeshDistance(bvh, minTriangleAreaM2);
  }

  /**
   * Error of a cloud, kept in a form to which points can be added.
   *
   * @param points at least one; not modified afterwards
   */
  EvaluatedCloud evaluate(PointBuffer points) {
    FaceDistances faces = new FaceDistances(bvh, minTriangleAreaM2);
    faces.lower(points);
    return new EvaluatedCloud(this, points, sumOfSquaredDistances(points), faces);
  }

  /** Sum over points of the squared distance to the nearest face, in point order, m². */
  double sumOfSquaredDistances(PointBuffer points) {
    double sum = 0;
    for (int i = 0; i < points.size(); i++) {
      sum += distance.squaredDistance(points.x(i), points.y(i), points.z(i));
    }
    return sum;
  }
}
