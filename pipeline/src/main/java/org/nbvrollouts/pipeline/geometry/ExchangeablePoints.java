package org.nbvrollouts.pipeline.geometry;

import java.util.BitSet;

/**
 * A set of points, the distance of every face to it, and which point decided it. Distances to the
 * set without a few of its points cost little: only faces whose nearest point is missing are asked
 * again. Distances are those of {@link FaceDistances}, bit for bit.
 *
 * <p>One instance belongs to one thread.
 */
public final class ExchangeablePoints {
  private final PointTree tree = new PointTree();
  private final FaceDistances all;

  /**
   * Measures the faces.
   *
   * @param minTriangleAreaM2 faces with a smaller area are measured to their edges only
   * @param points world metres
   * @throws IllegalArgumentException if a coordinate is not finite
   */
  public ExchangeablePoints(Bvh bvh, double minTriangleAreaM2, PointBuffer points) {
    tree.build(points.array(), points.size());
    all = FaceDistances.rememberingPoints(bvh, minTriangleAreaM2);
    all.lower(tree);
  }

  /** Distances to all points; not to be lowered. */
  public FaceDistances faces() {
    return all;
  }

  /**
   * Distances to the points that are left without some, to which others can be added.
   *
   * @param leaving indices of the points that leave
   */
  public FaceDistances without(BitSet leaving) {
    if (leaving.isEmpty()) {
      return all.copy();
    }
    FaceDistances asked =
        all.with(face -> leaving.get(all.nearestPoint(face)) ? Double.POSITIVE_INFINITY : 0);
    tree.keep(point -> !leaving.get(point));
    asked.lower(tree);
    return all.with(face -> leaving.get(all.nearestPoint(face)) ? asked.at(face) : all.at(face));
  }
}
