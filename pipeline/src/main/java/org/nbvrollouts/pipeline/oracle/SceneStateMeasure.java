package org.nbvrollouts.pipeline.oracle;

import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.FaceDistances;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.PointMeshDistance;

/**
 * Measures scene states. A state that differs little from one already measured costs little: fusion
 * moves the means of the voxels that a new cloud touches, so a few points leave and a few arrive.
 * Faces that were nearest to a leaving point are asked again, all others can only come nearer to an
 * arriving one. The result is that of measuring from scratch, bit for bit.
 */
final class SceneStateMeasure {
  private final PointMeshDistance distance;
  private final FaceDistances unseen;
  private final double voxelMetres;

  SceneStateMeasure(Bvh bvh, double minTriangleAreaM2, double voxelMetres) {
    this.distance = new PointMeshDistance(bvh, minTriangleAreaM2);
    this.unseen = new FaceDistances(bvh, minTriangleAreaM2);
    this.voxelMetres = voxelMetres;
  }

  /** The state of some points, from scratch. */
  SceneState state(PointBuffer points) {
    double[] squared = new double[points.size()];
    int[] nearest = new int[points.size()];
    for (int i = 0; i < points.size(); i++) {
      measurePoint(points, i, squared, nearest);
    }
    FaceDistances faces = unseen.copy();
    faces.lower(points);
    return new SceneState(points, squared, nearest, faces);
  }

  /** The state of some points, from that of mostly the same points in the same order. */
  SceneState state(SceneState known, PointBuffer points) {
    double[] squared = new double[points.size()];
    int[] nearest = new int[points.size()];
    PointBuffer leaving = new PointBuffer(1);
    PointBuffer arriving = new PointBuffer(1);
    PointBuffer before = known.points();
    int old = 0;
    int now = 0;
    while (old < before.size() || now < points.size()) {
      if (isSame(before, old, points, now)) {
        squared[now] = known.squaredDistance(old);
        nearest[now] = known.nearestFace(old);
        old++;
        now++;
        continue;
      }
      int order = order(before, old, points, now);
      if (order <= 0) {
        leaving.add(before.x(old), before.y(old), before.z(old));
        old++;
      }
      if (order >= 0) {
        arriving.add(points.x(now), points.y(now), points.z(now));
        measurePoint(points, now, squared, nearest);
        now++;
      }
    }
    return new SceneState(
        points, squared, nearest, faces(known.faces(), leaving, arriving, points));
  }

  private static FaceDistances faces(
      FaceDistances known, PointBuffer leaving, PointBuffer arriving, PointBuffer points) {
    FaceDistances faces = known.copy();
    faces.lower(arriving);
    if (leaving.isEmpty()) {
      return faces;
    }
    // One step above, so that a leaving point at exactly the known distance shows.
    FaceDistances probe = known.with(face -> Math.nextUp(known.at(face)));
    probe.lower(leaving);
    FaceDistances asked =
        known.with(face -> probe.at(face) <= known.at(face) ? Double.POSITIVE_INFINITY : 0);
    asked.lower(points);
    return faces.with(face -> probe.at(face) <= known.at(face) ? asked.at(face) : faces.at(face));
  }

  private void measurePoint(PointBuffer points, int index, double[] squared, int[] nearest) {
    squared[index] = distance.squaredDistance(points.x(index), points.y(index), points.z(index));
    nearest[index] = distance.nearestFace();
  }

  private static boolean isSame(PointBuffer before, int old, PointBuffer points, int now) {
    return old < before.size()
        && now < points.size()
        && before.x(old) == points.x(now)
        && before.y(old) == points.y(now)
        && before.z(old) == points.z(now);
  }

  /** Order of the voxels of two points, a missing point being last. */
  private int order(PointBuffer before, int old, PointBuffer points, int now) {
    if (old == before.size() || now == points.size()) {
      return old == before.size() ? 1 : -1;
    }
    int order = order(before.x(old), points.x(now));
    if (order == 0) {
      order = order(before.y(old), points.y(now));
    }
    return order == 0 ? order(before.z(old), points.z(now)) : order;
  }

  private int order(double a, double b) {
    return voxelMetres > 0
        ? Double.compare(Math.floor(a / voxelMetres), Math.floor(b / voxelMetres))
        : 0;
  }
}
