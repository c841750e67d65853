package org.nbvrollouts.pipeline.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nbvrollouts.store.source.Point3;

/** Fusion on a voxel grid, caps and unions under a cap (specification generation 6.1 and 6.5). */
final class ReferenceFusion {
  private static final Comparator<Point3> BY_CELL =
      Comparator.comparingDouble(Point3::x)
          .thenComparingDouble(Point3::y)
          .thenComparingDouble(Point3::z);

  private ReferenceFusion() {}

  /**
   * Drops points that are not finite, replaces those of one cell by their mean in the order of the
   * cells, and thins the result to a cap.
   *
   * @param voxelMetres side of a cell, 0 to keep every point
   * @param cap most points of the result, all when empty
   */
  static List<Point3> fuse(List<Point3> points, double voxelMetres, OptionalInt cap) {
    List<Point3> finite = points.stream().filter(ReferenceFusion::isFinite).toList();
    List<Point3> fused = voxelMetres > 0 ? means(finite, voxelMetres) : finite;
    return cap.isPresent() && fused.size() > cap.getAsInt() ? thin(fused, cap.getAsInt()) : fused;
  }

  /** Current points, then candidate points, each thinned so that all fit the cap. */
  static List<Point3> balancedUnion(List<Point3> current, List<Point3> candidate, int cap) {
    int candidateRows = Math.min(candidate.size(), Math.max(1, Math.min(cap, cap / 2)));
    List<Point3> union = new ArrayList<>(thin(current, cap - candidateRows));
    union.addAll(thin(candidate, candidateRows));
    return union;
  }

  /** Rows ⌊i·n/rows⌋ of n points, or all of them if there are no more. */
  private static List<Point3> thin(List<Point3> points, int rows) {
    if (points.size() <= rows) {
      return points;
    }
    List<Point3> kept = new ArrayList<>();
    for (long i = 0; i < rows; i++) {
      kept.add(points.get((int) (i * points.size() / rows)));
    }
    return kept;
  }

  private static List<Point3> means(List<Point3> points, double voxelMetres) {
    SortedMap<Point3, List<Point3>> cells = new TreeMap<>(BY_CELL);
    for (Point3 point : points) {
      Point3 cell =
          new Point3(
              cell(point.x(), voxelMetres),
              cell(point.y(), voxelMetres),
              cell(point.z(), voxelMetres));
      cells.computeIfAbsent(cell, missing -> new ArrayList<>()).add(point);
    }
    return cells.values().stream().map(ReferenceFusion::mean).toList();
  }

  /** A whole number; the sum turns −0 into 0. */
  private static double cell(double coordinate, double voxelMetres) {
    return Math.floor(coordinate / voxelMetres) + 0.0;
  }

  private static Point3 mean(List<Point3> points) {
    double x = 0;
    double y = 0;
    double z = 0;
    for (Point3 point : points) {
      x += point.x();
      y += point.y();
      z += point.z();
    }
    int count = points.size();
    return new Point3(x / count, y / count, z / count);
  }

  private static boolean isFinite(Point3 point) {
    return Double.isFinite(point.x()) && Double.isFinite(point.y()) && Double.isFinite(point.z());
  }
}
