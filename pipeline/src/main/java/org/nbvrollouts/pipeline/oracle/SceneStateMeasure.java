package org.nbvrollouts.pipeline.oracle;

import java.util.BitSet;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.ExchangeablePoints;
import org.nbvrollouts.pipeline.geometry.FaceDistances;
import org.nbvrollouts.pipeline.geometry.NearestFaces;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.PointMeshDistance;

/**
 * Measures scene states. A state that differs little from the root costs little: fusion moves the
 * means of the voxels that a new cloud touches, so a few points leave and a few arrive. Faces whose
 * nearest point leaves are asked again, all others can only come nearer to an arriving one. The
 * result is that of measuring from scratch, bit for bit.
 */
final class SceneStateMeasure {
  private final PointMeshDistance distance;
  private final NearestFaces measured = new NearestFaces();
  private final double voxelMetres;
  private final SceneState root;
  private final ExchangeablePoints rootPoints;

  /** Measures the root from scratch. */
  SceneStateMeasure(Bvh bvh, double minTriangleAreaM2, double voxelMetres, PointBuffer points) {
    this.distance = new PointMeshDistance(bvh, minTriangleAreaM2);
    this.voxelMetres = voxelMetres;
    this.rootPoints = new ExchangeablePoints(bvh, minTriangleAreaM2, points);
    double[] squared = new double[points.size()];
    int[] nearest = new int[points.size()];
    distance.measure(points, measured);
    for (int i = 0; i < points.size(); i++) {
      squared[i] = measured.squaredDistance(i);
      nearest[i] = measured.face(i);
    }
    this.root = new SceneState(points, squared, nearest, rootPoints.faces());
  }

  SceneState root() {
    return root;
  }

  /** The state of some points, mostly those of the root and in the same order. */
  SceneState state(PointBuffer points) {
    double[] squared = new double[points.size()];
    int[] nearest = new int[points.size()];
    BitSet leaving = new BitSet();
    BitSet isArriving = new BitSet();
    PointBuffer arriving = new PointBuffer(1);
    PointBuffer before = root.points();
    int old = 0;
    int now = 0;
    while (old < before.size() || now < points.size()) {
      if (isSame(before, old, points, now)) {
        squared[now] = root.squaredDistance(old);
        nearest[now] = root.nearestFace(old);
        old++;
        now++;
        continue;
      }
      int order = order(before, old, points, now);
      if (order <= 0) {
        leaving.set(old);
        old++;
      }
      if (order >= 0) {
        arriving.add(points.x(now), points.y(now), points.z(now));
        isArriving.set(now);
        now++;
      }
    }
    measure(arriving, isArriving, squared, nearest);
    FaceDistances faces = rootPoints.without(leaving);
    faces.lower(arriving);
    return new SceneState(points, squared, nearest, faces);
  }

  /** Measures points and writes the results to their places. */
  private void measure(PointBuffer arriving, BitSet places, double[] squared, int[] nearest) {
    distance.measure(arriving, measured);
    int place = -1;
    for (int i = 0; i < arriving.size(); i++) {
      place = places.nextSetBit(place + 1);
      squared[place] = measured.squaredDistance(i);
      nearest[place] = measured.face(i);
    }
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
