package org.nbvrollouts.pipeline.geometry;

import java.util.function.IntPredicate;

/**
 * Asks a {@link Bvh} for the distance between a point and the mesh, thresholded as {@link
 * PointTriangle} says. One instance per thread; nothing is allocated per point. A mesh without
 * faces is infinitely far away. The face nearest to the last point is tried first and the tree
 * around it is still in the cache, so many points are best asked together, which orders them.
 */
public final class PointMeshDistance {
  private final PointQuery query;
  private final PointSearch fast;
  private final PointSearch exact;
  private final PointOrder order = new PointOrder();
  private final boolean isEmpty;

  /**
   * Prepares queries.
   *
   * @param minTriangleAreaM2 faces with a smaller area are measured to their edges only; 0 for the
   *     exact distance
   */
  public PointMeshDistance(Bvh bvh, double minTriangleAreaM2) {
    this(bvh, minTriangleAreaM2, face -> true);
  }

  /**
   * Prepares queries that know some faces only.
   *
   * @param minTriangleAreaM2 as above
   * @param isKnown asked for faces that could be the nearest
   */
  public PointMeshDistance(Bvh bvh, double minTriangleAreaM2, IntPredicate isKnown) {
    this(bvh, minTriangleAreaM2, isKnown, Kernels.preferred());
  }

  PointMeshDistance(Bvh bvh, double minTriangleAreaM2, IntPredicate isKnown, Kernel kernel) {
    query = new PointQuery(bvh, PointTriangle.minCrossSquared(minTriangleAreaM2), isKnown);
    fast = kernel.newPointSearch(bvh);
    exact = new DoublePointSearch(bvh);
    isEmpty = bvh.faceCount() == 0;
  }

  /**
   * Squared distance to the nearest face, m²; positive infinity for a mesh without faces.
   *
   * @throws IllegalArgumentException if a coordinate is not finite
   */
  public double squaredDistance(double x, double y, double z) {
    requireFinite(x, y, z);
    query.beginNearest(x, y, z);
    return nearest(x, y, z);
  }

  /**
   * Squared distance to the nearest face if it is at most the bound, otherwise the bound. A bound
   * known from a neighbouring point saves most of the search.
   *
   * @param upperBoundM2 largest squared distance of interest, m²
   * @throws IllegalArgumentException if a coordinate is not finite
   */
  public double squaredDistance(double x, double y, double z, double upperBoundM2) {
    requireFinite(x, y, z);
    query.beginNearest(x, y, z, upperBoundM2);
    return nearest(x, y, z);
  }

  /**
   * Squared distances of points to their nearest faces: for each what {@link #squaredDistance} and
   * {@link #nearestFace} give, bit for bit, in whatever order the points are.
   *
   * @param result receives one entry per point
   * @throws IllegalArgumentException if a coordinate is not finite
   */
  public void measure(PointBuffer points, NearestFaces result) {
    double[] xyz = points.array();
    for (int i = 0; i < 3 * points.size(); i += 3) {
      requireFinite(xyz[i], xyz[i + 1], xyz[i + 2]);
    }
    result.resize(points.size());
    order.sort(xyz, points.size());
    for (int place = 0; place < points.size(); place++) {
      int point = order.index(place);
      result.squared[point] = squaredDistance(order.x(place), order.y(place), order.z(place));
      result.faces[point] = query.bestFace;
    }
  }

  /**
   * True if a face lies within the radius, boundary included; stops at the first one found.
   *
   * @throws IllegalArgumentException if a coordinate is not finite
   */
  public boolean isWithin(double x, double y, double z, double radiusMetres) {
    requireFinite(x, y, z);
    query.beginAny(x, y, z, radiusMetres * radiusMetres);
    if (!isEmpty && radiusMetres >= 0) {
      search(x, y, z);
    }
    return query.bestFace != RayHit.MISS;
  }

  /**
   * The face that decided the last query, the lowest index of equally near ones, or {@link
   * RayHit#MISS}; after {@link #isWithin} any face within the radius.
   */
  public int nearestFace() {
    return query.bestFace;
  }

  private static void requireFinite(double x, double y, double z) {
    if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
      throw new IllegalArgumentException(
          "Invalid point: (" + x + ", " + y + ", " + z + ") (expected finite coordinates)");
    }
  }

  private double nearest(double x, double y, double z) {
    if (!isEmpty) {
      search(x, y, z);
    }
    return query.best;
  }

  private void search(double x, double y, double z) {
    PointSearch search = query.floatPoint.prepare(x, y, z) ? fast : exact;
    search.run(query);
  }
}
