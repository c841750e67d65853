package org.nbvrollouts.pipeline.geometry;

/**
 * A point, seen from a box of faces, that proves boxes of other points superfluous: wherever in the
 * faces one looks from, this point is nearer than the nearest of the box.
 *
 * <p>Along one axis, what the squared distance to a box exceeds the squared distance to the point
 * by is a concave function of where one stands: linear outside of the box, falling inside, without
 * a kink. Its least value over the faces is at one of their two ends, and the least sum over the
 * axes is the sum of these (Emrich et al., "Boosting Spatial Pruning", SIGMOD 2010). The sum has to
 * exceed a margin for the rounding of the distances of faces, which the box of the faces bounds.
 */
final class NearestPoint {
  private static final double MARGIN = 0x1p-40;

  private final double[] fromLeast = new double[3];
  private final double[] fromLargest = new double[3];
  private double margin;

  /** Takes the point that stands for a node. */
  void set(PointTree points, int node, FaceBox faces, double largestSquaredDistance) {
    margin = MARGIN * largestSquaredDistance;
    set(0, faces.leastX, faces.largestX, points.point(node, 0));
    set(1, faces.leastY, faces.largestY, points.point(node, 1));
    set(2, faces.leastZ, faces.largestZ, points.point(node, 2));
  }

  private void set(int axis, double leastFace, double largestFace, double point) {
    fromLeast[axis] = square(leastFace - point);
    fromLargest[axis] = square(largestFace - point);
  }

  /** True if no face is nearer to a point of a node than to this point. */
  boolean beats(PointTree points, int node, FaceBox faces) {
    double x =
        excess(0, faces.leastX, faces.largestX, points.least(node, 0), points.largest(node, 0));
    double y =
        excess(1, faces.leastY, faces.largestY, points.least(node, 1), points.largest(node, 1));
    double z =
        excess(2, faces.leastZ, faces.largestZ, points.least(node, 2), points.largest(node, 2));
    return x + y + z > margin;
  }

  private double excess(
      int axis, double leastFace, double largestFace, double least, double largest) {
    double before = square(FaceBox.gap(least - leastFace, leastFace - largest)) - fromLeast[axis];
    double behind =
        square(FaceBox.gap(least - largestFace, largestFace - largest)) - fromLargest[axis];
    return Math.min(before, behind);
  }

  private static double square(double value) {
    return value * value;
  }
}
