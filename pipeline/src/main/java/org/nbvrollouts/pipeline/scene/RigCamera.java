package org.nbvrollouts.pipeline.scene;

import org.nbvrollouts.pipeline.camera.CalibratedCamera;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.RayCaster;
import org.nbvrollouts.pipeline.geometry.RayHit;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.Pose12;

/** Looks through pixels of a logged camera at a mesh. Not thread-safe. */
final class RigCamera {
  private static final double NEAREST = 0.01;

  private final RayCaster caster;
  private final RayHit hit = new RayHit();
  private final double[] ray = new double[3];
  private CameraCalibration calibration;
  private CalibratedCamera camera;
  private Pose12 worldFromCamera = Pose12.IDENTITY;
  private double dx;
  private double dy;
  private double dz;

  RigCamera(Bvh bvh, CameraCalibration calibration) {
    this.caster = new RayCaster(bvh);
    this.calibration = calibration;
    this.camera = new CalibratedCamera(calibration);
  }

  /** Moves the camera to a rig pose with a calibration. */
  void moveTo(Pose12 worldFromRig, CameraCalibration with) {
    if (with != calibration) {
      calibration = with;
      camera = new CalibratedCamera(with);
    }
    worldFromCamera = worldFromRig.compose(camera.rigFromCamera());
  }

  CalibratedCamera camera() {
    return camera;
  }

  Pose12 worldFromCamera() {
    return worldFromCamera;
  }

  /**
   * Looks through a pixel.
   *
   * @return true if a face lies within {@code farMetres} on its ray
   */
  boolean look(double u, double v, double farMetres) {
    camera.unproject(u, v, ray);
    Pose12 pose = worldFromCamera;
    dx = pose.r00() * ray[0] + pose.r01() * ray[1] + pose.r02() * ray[2];
    dy = pose.r10() * ray[0] + pose.r11() * ray[1] + pose.r12() * ray[2];
    dz = pose.r20() * ray[0] + pose.r21() * ray[1] + pose.r22() * ray[2];
    return caster.nearest(pose.tx(), pose.ty(), pose.tz(), dx, dy, dz, NEAREST, farMetres, hit);
  }

  /** Face of the last successful look. */
  int face() {
    return hit.face();
  }

  /** Distance of the last successful look, metres. */
  double distance() {
    return hit.t();
  }

  /** World x, y or z at a distance along the last ray. */
  double along(double distance, int axis) {
    return switch (axis) {
      case 0 -> worldFromCamera.tx() + distance * dx;
      case 1 -> worldFromCamera.ty() + distance * dy;
      default -> worldFromCamera.tz() + distance * dz;
    };
  }
}
