package org.nbvrollouts.store.table;

/** Pose arithmetic in float32, as the store defines it (specification store 2.21). */
final class FloatPose {
  private FloatPose() {}

  /** {@code root⁻¹ ∘ pose} on twelve values each; sums run in index order. */
  static float[] relative(float[] root, float[] pose) {
    float[] result = new float[12];
    float[] inverseTranslation = new float[3];
    for (int i = 0; i < 3; i++) {
      inverseTranslation[i] =
          -(root[i] * root[9] + root[3 + i] * root[10] + root[6 + i] * root[11]);
    }
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        result[3 * i + j] =
            root[i] * pose[j] + root[3 + i] * pose[3 + j] + root[6 + i] * pose[6 + j];
      }
      result[9 + i] =
          root[i] * pose[9]
              + root[3 + i] * pose[10]
              + root[6 + i] * pose[11]
              + inverseTranslation[i];
    }
    return result;
  }
}
