package org.nbvrollouts.store.source.bundle;

import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.FloatColumn;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.SparsePoints;

/**
 * The points of a whole scene that one snippet may have seen: inside the viewing cone of a camera
 * and near enough. Point files do not say which frame saw a point; walls are not considered.
 */
final class ObservedPoints {
  /** Semidense points further away are rare in indoor recordings. */
  static final double RANGE_METRES = 6;

  /** Points per snippet; a larger selection is thinned evenly, keeping its order. */
  static final int MAX_POINTS = 50_000;

  private ObservedPoints() {}

  static SparsePoints of(SparsePoints scene, List<Pose12> worldFromRig, CameraCalibration camera) {
    List<Pose12> cameras =
        worldFromRig.stream().map(pose -> pose.compose(camera.cameraFromRig().inverse())).toList();
    double cosine = StrictMath.cos(BundleCamera.halfFieldOfView(camera));
    PointCloud points = scene.pointsWorld();
    int[] kept = new int[points.size()];
    int count = 0;
    for (int i = 0; i < points.size(); i++) {
      if (isSeen(points.x(i), points.y(i), points.z(i), cameras, cosine)) {
        kept[count++] = i;
      }
    }
    return select(scene, kept, count);
  }

  private static boolean isSeen(double x, double y, double z, List<Pose12> cameras, double cosine) {
    for (Pose12 camera : cameras) {
      double dx = x - camera.tx();
      double dy = y - camera.ty();
      double dz = z - camera.tz();
      double distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
      double ahead = dx * camera.r02() + dy * camera.r12() + dz * camera.r22();
      if (distance <= RANGE_METRES && ahead >= cosine * distance) {
        return true;
      }
    }
    return false;
  }

  private static SparsePoints select(SparsePoints scene, int[] kept, int count) {
    int size = Math.min(count, MAX_POINTS);
    float[] coordinates = new float[3 * size];
    float[] std = new float[size];
    for (int i = 0; i < size; i++) {
      int point = kept[(int) ((long) i * count / size)];
      coordinates[3 * i] = scene.pointsWorld().x(point);
      coordinates[3 * i + 1] = scene.pointsWorld().y(point);
      coordinates[3 * i + 2] = scene.pointsWorld().z(point);
      std[i] = scene.inverseDistanceStd().map(column -> column.at(point)).orElse(0f);
    }
    return new SparsePoints(
        PointCloud.of(coordinates),
        scene.inverseDistanceStd().map(column -> FloatColumn.of(std)),
        Optional.empty());
  }
}
