package org.nbvrollouts.pipeline.camera;

import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.Pose12;

/**
 * A logged camera in its calibration convention (specification generation 2.1 and 6.1): u grows
 * along +X and v along +Y of the camera frame, z is forward, pixel centres lie at integers. A
 * record without distortion and valid radius is a pinhole camera, any other one a fisheye624 lens.
 * Immutable and thread-safe.
 */
public final class CalibratedCamera {
  private final CameraCalibration calibration;
  private final Fisheye624 lens;
  private final boolean isPinhole;
  private final Pose12 rigFromCamera;

  public CalibratedCamera(CameraCalibration calibration) {
    this.calibration = calibration;
    this.lens = Fisheye624.of(calibration);
    this.isPinhole = calibration.isPinhole();
    this.rigFromCamera = calibration.cameraFromRig().inverse();
  }

  /** Columns of the logged image. */
  public int width() {
    return (int) calibration.width();
  }

  /** Rows of the logged image. */
  public int height() {
    return (int) calibration.height();
  }

  /** Pose of the camera on its rig. */
  public Pose12 rigFromCamera() {
    return rigFromCamera;
  }

  /**
   * Writes the pixel of a point in the camera frame.
   *
   * @param uv receives column and row
   * @return false, leaving {@code uv} alone, for a point at or behind the plane of a pinhole camera
   */
  public boolean project(double x, double y, double z, double[] uv) {
    if (isPinhole) {
      if (!(z > 0)) {
        return false;
      }
      uv[0] = calibration.focalX() * x / z + calibration.principalX();
      uv[1] = calibration.focalY() * y / z + calibration.principalY();
      return true;
    }
    lens.project(x, y, z, uv);
    return true;
  }

  /**
   * Writes the unit ray of a pixel in the camera frame.
   *
   * @param ray receives x, y, z
   */
  public void unproject(double u, double v, double[] ray) {
    if (!isPinhole) {
      lens.unproject(u, v, ray);
      return;
    }
    double x = (u - calibration.principalX()) / calibration.focalX();
    double y = (v - calibration.principalY()) / calibration.focalY();
    double length = Math.sqrt(x * x + y * y + 1);
    ray[0] = x / length;
    ray[1] = y / length;
    ray[2] = 1 / length;
  }

  /** True if 0 ≤ u ≤ W − 1, 0 ≤ v ≤ H − 1 and the pixel lies strictly inside the valid radius. */
  public boolean isInView(double u, double v) {
    if (!(u >= 0 && u <= calibration.width() - 1 && v >= 0 && v <= calibration.height() - 1)) {
      return false;
    }
    double x = (u - calibration.principalX()) / calibration.validRadiusX();
    double y = (v - calibration.principalY()) / calibration.validRadiusY();
    return !hasValidRadius() || x * x + y * y < 1;
  }

  private boolean hasValidRadius() {
    return calibration.validRadiusX() > 0 && calibration.validRadiusY() > 0;
  }
}
