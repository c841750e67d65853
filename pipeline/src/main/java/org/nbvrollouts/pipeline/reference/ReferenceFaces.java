package org.nbvrollouts.pipeline.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.nbvrollouts.pipeline.geometry.PointTriangle;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.TriangleMesh;

/** Faces as a plain list, measured one by one (specification generation 6.2 to 6.4). */
final class ReferenceFaces implements FaceMeasure {
  private static final int CORNER_VALUES = 9;

  private final List<float[]> corners;
  private final double minCrossSquared;

  private ReferenceFaces(List<float[]> corners, double minTriangleAreaM2) {
    this.corners = corners;
    this.minCrossSquared = PointTriangle.minCrossSquared(minTriangleAreaM2);
  }

  /** The faces with at least one vertex inside, in their order. */
  static ReferenceFaces of(
      TriangleMesh mesh, Predicate<Point3> insideWorld, double minTriangleAreaM2) {
    return new ReferenceFaces(inside(mesh, insideWorld), minTriangleAreaM2);
  }

  /** Corners of the faces with at least one vertex inside, in their order. */
  static List<float[]> inside(TriangleMesh mesh, Predicate<Point3> insideWorld) {
    List<float[]> kept = new ArrayList<>();
    for (int face = 0; face < mesh.faceCount(); face++) {
      boolean isInside = false;
      for (int corner = 0; corner < 3; corner++) {
        isInside |=
            insideWorld.test(
                new Point3(
                    mesh.cornerCoordinate(face, corner, 0),
                    mesh.cornerCoordinate(face, corner, 1),
                    mesh.cornerCoordinate(face, corner, 2)));
      }
      if (isInside) {
        kept.add(corners(mesh, face));
      }
    }
    return kept;
  }

  /** x, y, z of the three corners of a face. */
  static float[] corners(TriangleMesh mesh, int face) {
    float[] values = new float[CORNER_VALUES];
    for (int i = 0; i < CORNER_VALUES; i++) {
      values[i] = mesh.cornerCoordinate(face, i / 3, i % 3);
    }
    return values;
  }

  @Override
  public boolean isEmpty() {
    return corners.isEmpty();
  }

  @Override
  public ReferenceError error(List<Point3> first, List<Point3> second) {
    List<Point3> all = new ArrayList<>(first);
    all.addAll(second);
    return error(all);
  }

  @Override
  public ReferenceError error(List<Point3> points) {
    double[] nearestPoint = new double[corners.size()];
    Arrays.fill(nearestPoint, Double.POSITIVE_INFINITY);
    double[] nearestFaces = new double[points.size()];
    for (int i = 0; i < nearestFaces.length; i++) {
      Point3 point = points.get(i);
      double nearestFace = Double.POSITIVE_INFINITY;
      for (int face = 0; face < nearestPoint.length; face++) {
        double squared =
            PointTriangle.squaredDistance(
                point.x(), point.y(), point.z(), corners.get(face), 0, minCrossSquared);
        nearestFace = Math.min(nearestFace, squared);
        nearestPoint[face] = Math.min(nearestPoint[face], squared);
      }
      nearestFaces[i] = nearestFace;
    }
    return ReferenceError.of(nearestFaces, nearestPoint);
  }
}
