package org.nbvrollouts.store.source;

/**
 * One camera record of 34 float32 values (specification generation 2.2): width, height, fx, fy, cx,
 * cy, gain, exposure, valid radius (2), camera-from-rig pose (12), distortion k0…k5 p0 p1 s0…s3.
 * Pixels; pixel centres at integers. All-zero distortion with a non-positive valid radius describes
 * a pinhole camera. Immutable.
 */
public final class CameraCalibration {
  /** Number of values of a camera record. */
  public static final int LENGTH = 34;

  /** Number of distortion values of the fisheye624 model. */
  public static final int DISTORTION_LENGTH = 12;

  private static final int POSE_OFFSET = 10;
  private static final int DISTORTION_OFFSET = 22;

  private final float[] values;

  private CameraCalibration(float[] values) {
    this.values = values;
  }

  /** Copies 34 values starting at {@code offset}. */
  public static CameraCalibration of(float[] values, int offset) {
    float[] copy = new float[LENGTH];
    System.arraycopy(values, offset, copy, 0, LENGTH);
    return new CameraCalibration(copy);
  }

  public double width() {
    return values[0];
  }

  public double height() {
    return values[1];
  }

  public double focalX() {
    return values[2];
  }

  public double focalY() {
    return values[3];
  }

  public double principalX() {
    return values[4];
  }

  public double principalY() {
    return values[5];
  }

  public double validRadiusX() {
    return values[8];
  }

  public double validRadiusY() {
    return values[9];
  }

  public Pose12 cameraFromRig() {
    return Pose12.of(values, POSE_OFFSET);
  }

  /** Distortion value 0…11 in the order k0…k5, p0, p1, s0…s3. */
  public double distortion(int index) {
    return values[DISTORTION_OFFSET + index];
  }

  /** True if the record has no distortion and no valid radius. */
  public boolean isPinhole() {
    for (int i = DISTORTION_OFFSET; i < LENGTH; i++) {
      if (values[i] != 0f) {
        return false;
      }
    }
    return !(values[8] > 0f);
  }

  /** The 34 values in a new array. */
  public float[] toFloats() {
    return values.clone();
  }
}
