package org.nbvrollouts.store.source.bundle;

import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.Pose12;

/**
 * Calibrations of bundle cameras.
 *
 * <p>A calibration camera projects with u along its +x and v along its +y (specification generation
 * 2.1), so in an upright image its x points right, its y down and its z forward. In rig coordinates
 * (x down, y left, z forward) right is −y and down is +x: camera←rig has the rows (0, −1, 0), (1,
 * 0, 0), (0, 0, 1), which is Rz(+90°).
 */
final class BundleCamera {
  private static final int VALID_RADIUS = 8;
  private static final int POSE = 10;
  private static final int DISTORTION = 22;

  /** Camera←rig of an upright camera at the origin of the rig. */
  static final Pose12 UPRIGHT_CAMERA_FROM_RIG = new Pose12(0, -1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0);

  /**
   * The camera of bundles without {@code camera.json}: an upright equidistant fisheye of 240×240
   * pixels with the focal length of Project Aria's RGB camera at that size, 101.5 px, seeing 67.7°
   * to every side.
   */
  static final CameraCalibration DEFAULT =
      fisheye(
          List.of(240.0, 240.0, 101.5, 101.5, 119.5, 119.5),
          120,
          UPRIGHT_CAMERA_FROM_RIG,
          List.of());

  private BundleCamera() {}

  /**
   * A fisheye624 camera.
   *
   * @param intrinsics width, height, fx, fy, cx, cy in pixels
   * @param validRadiusPx radius of the valid circle, positive
   * @param distortion 12 values, or none for an equidistant lens
   */
  static CameraCalibration fisheye(
      List<Double> intrinsics,
      double validRadiusPx,
      Pose12 cameraFromRig,
      List<Double> distortion) {
    return camera(intrinsics, validRadiusPx, cameraFromRig, distortion);
  }

  /** A pinhole camera: no distortion and no valid radius. */
  static CameraCalibration pinhole(List<Double> intrinsics, Pose12 cameraFromRig) {
    return camera(intrinsics, 0, cameraFromRig, List.of());
  }

  private static CameraCalibration camera(
      List<Double> intrinsics,
      double validRadiusPx,
      Pose12 cameraFromRig,
      List<Double> distortion) {
    float[] values = new float[CameraCalibration.LENGTH];
    for (int i = 0; i < intrinsics.size(); i++) {
      values[i] = intrinsics.get(i).floatValue();
    }
    values[VALID_RADIUS] = (float) validRadiusPx;
    values[VALID_RADIUS + 1] = (float) validRadiusPx;
    System.arraycopy(cameraFromRig.toFloats(), 0, values, POSE, Pose12.LENGTH);
    for (int i = 0; i < distortion.size(); i++) {
      values[DISTORTION + i] = distortion.get(i).floatValue();
    }
    return CameraCalibration.of(values, 0);
  }

  /**
   * Camera←rig of a camera that is mounted on the device.
   *
   * @param deviceFromCamera pose of the camera in the frame of the trajectory, metres; empty for an
   *     upright camera at its origin
   */
  static Pose12 cameraFromRig(Optional<Pose12> deviceFromCamera, FrameAxes deviceAxes) {
    return deviceFromCamera
        .map(pose -> pose.inverse().compose(deviceAxes.rigFromAxes().inverse()))
        .orElse(UPRIGHT_CAMERA_FROM_RIG);
  }

  /** Largest angle between the viewing axis and a pixel, for an undistorted lens, radians. */
  static double halfFieldOfView(CameraCalibration camera) {
    double right = Math.max(camera.principalX(), camera.width() - 1 - camera.principalX());
    double down = Math.max(camera.principalY(), camera.height() - 1 - camera.principalY());
    double corner =
        Math.sqrt(
            right * right / (camera.focalX() * camera.focalX())
                + down * down / (camera.focalY() * camera.focalY()));
    if (camera.isPinhole()) {
      return StrictMath.atan(corner);
    }
    double valid =
        camera.validRadiusX() > 0
            ? camera.validRadiusX() / camera.focalX()
            : Double.POSITIVE_INFINITY;
    return Math.min(Math.min(corner, valid), Math.PI);
  }
}
