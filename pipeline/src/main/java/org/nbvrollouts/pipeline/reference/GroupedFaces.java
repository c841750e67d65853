package org.nbvrollouts.pipeline.reference;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nbvrollouts.pipeline.geometry.PointTriangle;
import org.nbvrollouts.store.source.Point3;

/**
 * The same numbers as {@link ReferenceFaces}, bit for bit, for meshes of many faces: groups that
 * are too far away to matter are left out, and the distances of a list that comes again are kept,
 * since no point changes the distance of another. Sums are taken over all points and all faces anew
 * each time.
 */
final class GroupedFaces implements FaceMeasure {
  /** Thirds of a segment of some metres until nothing is left of it. */
  private static final int NARROWINGS = 100;

  private final List<float[]> corners;
  private final double minCrossSquared;
  private final SphereGroups faces;
  private List<Point3> lastPoints = List.of();
  private double[] lastToFaces = {};
  private double[] lastToPoints = {};

  /**
   * Gathers faces.
   *
   * @param corners nine values per face, metres
   */
  GroupedFaces(List<float[]> corners, double minTriangleAreaM2) {
    this.corners = corners;
    this.minCrossSquared = PointTriangle.minCrossSquared(minTriangleAreaM2);
    this.faces = FaceSpheres.of(corners, 0);
  }

  @Override
  public boolean isEmpty() {
    return corners.isEmpty();
  }

  @Override
  public ReferenceError error(List<Point3> points) {
    measure(points);
    return ReferenceError.of(lastToFaces, lastToPoints);
  }

  @Override
  public ReferenceError error(List<Point3> first, List<Point3> second) {
    measure(first);
    double[] secondToFaces = toFaces(second);
    double[] toFaces = Arrays.copyOf(lastToFaces, first.size() + second.size());
    System.arraycopy(secondToFaces, 0, toFaces, first.size(), second.size());
    double[] toPoints = toPoints(second, lastToPoints);
    return ReferenceError.of(toFaces, toPoints);
  }

  /** Squared distance of each point to its nearest face, m². */
  double[] toFaces(List<Point3> points) {
    return IntStream.range(0, points.size())
        .parallel()
        .mapToDouble(i -> toFaces(points.get(i)))
        .toArray();
  }

  /**
   * Squared distance of a segment to its nearest face, m². The distance between a face and a point
   * that runs along a line is convex, so its least value is found by narrowing thirds.
   */
  double toFaces(Point3 from, Point3 to) {
    Point3 middle = between(from, to, 0.5);
    double half = distance(from, middle);
    double reach = reach(faces, middle.x(), middle.y(), middle.z(), half);
    return IntStream.range(0, corners.size())
        .parallel()
        .filter(
            face -> faces.itemDistance(face, middle.x(), middle.y(), middle.z()) - half <= reach)
        .mapToDouble(face -> least(from, to, face))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private double least(Point3 from, Point3 to, int face) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < NARROWINGS; i++) {
      double third = (high - low) / 3;
      if (squared(between(from, to, low + third), face)
          <= squared(between(from, to, high - third), face)) {
        high -= third;
      } else {
        low += third;
      }
    }
    return squared(between(from, to, (low + high) / 2), face);
  }

  private static Point3 between(Point3 from, Point3 to, double share) {
    return new Point3(
        from.x() + share * (to.x() - from.x()),
        from.y() + share * (to.y() - from.y()),
        from.z() + share * (to.z() - from.z()));
  }

  private static double distance(Point3 a, Point3 b) {
    return SphereGroups.distance(new double[] {a.x(), a.y(), a.z()}, 0, b.x(), b.y(), b.z());
  }

  private void measure(List<Point3> points) {
    if (points != lastPoints) {
      lastToFaces = toFaces(points);
      double[] unknown = new double[corners.size()];
      Arrays.fill(unknown, Double.POSITIVE_INFINITY);
      lastToPoints = toPoints(points, unknown);
      lastPoints = points;
    }
  }

  private double toFaces(Point3 p) {
    double reach = reach(faces, p.x(), p.y(), p.z(), 0);
    double best = Double.POSITIVE_INFINITY;
    for (int group = 0; group < faces.groups(); group++) {
      double near = faces.groupDistance(group, p.x(), p.y(), p.z()) - faces.groupRadius(group);
      if (near <= reach) {
        for (int at = faces.start(group); at < faces.start(group + 1); at++) {
          int face = faces.item(at);
          if (faces.itemDistance(face, p.x(), p.y(), p.z()) <= reach) {
            best = Math.min(best, squared(p, face));
            reach = Math.min(reach, Math.sqrt(best) + SphereGroups.slack(p.x(), p.y(), p.z()));
          }
        }
      }
    }
    return best;
  }

  /**
   * Squared distance of each face to its nearest point, m².
   *
   * @param others to the nearest of other points, which count as well
   */
  private double[] toPoints(List<Point3> points, double[] others) {
    double[] coordinates = new double[3 * points.size()];
    for (int i = 0; i < points.size(); i++) {
      coordinates[3 * i] = points.get(i).x();
      coordinates[3 * i + 1] = points.get(i).y();
      coordinates[3 * i + 2] = points.get(i).z();
    }
    SphereGroups groups = new SphereGroups(coordinates, new double[points.size()]);
    return IntStream.range(0, corners.size())
        .parallel()
        .mapToDouble(face -> toPoints(face, points, groups, others[face]))
        .toArray();
  }

  private double toPoints(int face, List<Point3> points, SphereGroups groups, double other) {
    double[] sphere = FaceSpheres.sphere(corners.get(face));
    double x = sphere[0];
    double y = sphere[1];
    double z = sphere[2];
    double best = other;
    double reach =
        Math.min(
            reach(groups, x, y, z, sphere[3]) + sphere[3],
            Math.sqrt(best) + sphere[3] + SphereGroups.slack(x, y, z));
    for (int group = 0; group < groups.groups(); group++) {
      double near = groups.groupDistance(group, x, y, z) - groups.groupRadius(group);
      if (near <= reach) {
        for (int at = groups.start(group); at < groups.start(group + 1); at++) {
          int item = groups.item(at);
          if (groups.itemDistance(item, x, y, z) <= reach) {
            best = Math.min(best, squared(points.get(item), face));
            reach = Math.min(reach, Math.sqrt(best) + sphere[3] + SphereGroups.slack(x, y, z));
          }
        }
      }
    }
    return best;
  }

  /** A distance from a sphere within which something of the groups certainly lies, metres. */
  private static double reach(SphereGroups groups, double x, double y, double z, double radius) {
    double reach = Double.POSITIVE_INFINITY;
    for (int group = 0; group < groups.groups(); group++) {
      reach = Math.min(reach, groups.groupDistance(group, x, y, z) + groups.groupRadius(group));
    }
    return reach + radius + SphereGroups.slack(x, y, z);
  }

  private double squared(Point3 p, int face) {
    return PointTriangle.squaredDistance(
        p.x(), p.y(), p.z(), corners.get(face), 0, minCrossSquared);
  }
}
