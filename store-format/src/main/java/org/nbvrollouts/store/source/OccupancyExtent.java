package org.nbvrollouts.store.source;

import java.util.Optional;

/** The occupancy extent rule (specification source 7.2). */
public final class OccupancyExtent {
  private static final double LEAST_EDGE_METRES = 1e-6;

  private OccupancyExtent() {}

  /**
   * The volume box or the box around all points, whichever has the smaller volume with every edge
   * at least 1e-6 m; the only one if there is one; empty if there is none. The volume box wins a
   * tie.
   */
  public static Optional<AxisAlignedBox> choose(
      Optional<AxisAlignedBox> volume, PointCloud pointsWorld) {
    Optional<AxisAlignedBox> points = bounds(pointsWorld);
    if (volume.isEmpty() || points.isEmpty()) {
      return volume.or(() -> points);
    }
    return cubicMetres(points.get()) < cubicMetres(volume.get()) ? points : volume;
  }

  /** The axis-aligned box around all points, or empty if there is none. */
  public static Optional<AxisAlignedBox> bounds(PointCloud pointsWorld) {
    if (pointsWorld.size() == 0) {
      return Optional.empty();
    }
    double minX = Double.POSITIVE_INFINITY;
    double minY = Double.POSITIVE_INFINITY;
    double minZ = Double.POSITIVE_INFINITY;
    double maxX = Double.NEGATIVE_INFINITY;
    double maxY = Double.NEGATIVE_INFINITY;
    double maxZ = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < pointsWorld.size(); i++) {
      minX = Math.min(minX, pointsWorld.x(i));
      maxX = Math.max(maxX, pointsWorld.x(i));
      minY = Math.min(minY, pointsWorld.y(i));
      maxY = Math.max(maxY, pointsWorld.y(i));
      minZ = Math.min(minZ, pointsWorld.z(i));
      maxZ = Math.max(maxZ, pointsWorld.z(i));
    }
    return Optional.of(new AxisAlignedBox(minX, maxX, minY, maxY, minZ, maxZ));
  }

  private static double cubicMetres(AxisAlignedBox box) {
    return Math.max(box.maxX() - box.minX(), LEAST_EDGE_METRES)
        * Math.max(box.maxY() - box.minY(), LEAST_EDGE_METRES)
        * Math.max(box.maxZ() - box.minZ(), LEAST_EDGE_METRES);
  }
}
