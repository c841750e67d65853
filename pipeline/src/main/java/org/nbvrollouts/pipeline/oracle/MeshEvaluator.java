package org.nbvrollouts.pipeline.oracle;

import java.util.BitSet;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.FaceDistances;
import org.nbvrollouts.pipeline.geometry.NearestFaces;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.PointMeshDistance;

/** Errors of point clouds against a mesh or some of its faces. For one thread at a time. */
final class MeshEvaluator {
  private final PointMeshDistance distance;
  private final NearestFaces nearest = new NearestFaces();
  private final FaceDistances unseen;
  private final BitSet knownFaces;
  private final int faceCount;

  /** Errors against all faces. */
  MeshEvaluator(Bvh bvh, double minTriangleAreaM2) {
    distance = new PointMeshDistance(bvh, minTriangleAreaM2);
    unseen = new FaceDistances(bvh, minTriangleAreaM2);
    faceCount = bvh.faceCount();
    knownFaces = new BitSet();
    knownFaces.set(0, faceCount);
  }

  /** Errors as if the mesh had no other faces than these. */
  MeshEvaluator(Bvh bvh, double minTriangleAreaM2, BitSet knownFaces) {
    this.knownFaces = (BitSet) knownFaces.clone();
    distance = new PointMeshDistance(bvh, minTriangleAreaM2, this.knownFaces::get);
    unseen =
        new FaceDistances(bvh, minTriangleAreaM2)
            .with(face -> knownFaces.get(face) ? Double.POSITIVE_INFINITY : 0);
    faceCount = knownFaces.cardinality();
  }

  /**
   * Error of a cloud, kept in a form to which points can be added.
   *
   * @param points at least one; not modified afterwards
   */
  EvaluatedCloud evaluate(PointBuffer points) {
    FaceDistances faces = unseen.copy();
    faces.lower(points);
    return new EvaluatedCloud(this, points, sumOfSquaredDistances(points), faces);
  }

  /** As {@link #evaluate(PointBuffer)}, from what is known about a state and the whole mesh. */
  EvaluatedCloud evaluate(SceneState state) {
    PointBuffer points = state.points();
    PointBuffer asked = new PointBuffer(1);
    for (int i = 0; i < points.size(); i++) {
      if (!knownFaces.get(state.nearestFace(i))) {
        asked.add(points.x(i), points.y(i), points.z(i));
      }
    }
    distance.measure(asked, nearest);
    double sum = 0;
    int next = 0;
    for (int i = 0; i < points.size(); i++) {
      sum +=
          knownFaces.get(state.nearestFace(i))
              ? state.squaredDistance(i)
              : nearest.squaredDistance(next++);
    }
    FaceDistances faces =
        state.faces().with(face -> knownFaces.get(face) ? state.faces().at(face) : 0);
    return new EvaluatedCloud(this, points, sum, faces);
  }

  /** Number of faces that errors are measured against. */
  int faceCount() {
    return faceCount;
  }

  /** Sum over points of the squared distance to the nearest face, in point order, m². */
  double sumOfSquaredDistances(PointBuffer points) {
    distance.measure(points, nearest);
    double sum = 0;
    for (int i = 0; i < nearest.size(); i++) {
      sum += nearest.squaredDistance(i);
    }
    return sum;
  }
}
