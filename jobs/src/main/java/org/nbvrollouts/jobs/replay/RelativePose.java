package org.nbvrollouts.jobs.replay;

import org.nbvrollouts.store.source.Pose12;

/** Poses seen from a root, in float32 as the store defines them (specification store 2.21). */
final class RelativePose {
  private final float[] root;

  RelativePose(Pose12 worldFromRoot) {
    root = worldFromRoot.toFloats();
  }

  /** The inverse of the root, then the pose: twelve values. */
  double[] to(Pose12 worldFromCamera) {
    float[] pose = worldFromCamera.toFloats();
    double[] relative = new double[Pose12.LENGTH];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        relative[3 * row + column] =
            timesTransposed(row, pose[column], pose[3 + column], pose[6 + column]);
      }
      float back = -timesTransposed(row, root[9], root[10], root[11]);
      relative[9 + row] = timesTransposed(row, pose[9], pose[10], pose[11]) + back;
    }
    return relative;
  }

  /** One component of the transposed rotation of the root times a vector. */
  private float timesTransposed(int row, float x, float y, float z) {
    return root[row] * x + root[3 + row] * y + root[6 + row] * z;
  }
}
