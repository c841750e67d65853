package org.nbvrollouts.pipeline.render;

import org.nbvrollouts.pipeline.camera.CalibratedCamera;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.RayCaster;
import org.nbvrollouts.pipeline.geometry.RayHit;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.Pose12;

/**
 * Samples a mesh as a logged camera saw it: Euclidean distance along the rays of its own lens at
 * integer pixels (specification generation 6.1). With these points the root evaluation cloud of a
 * source without depth frames is rendered from the logged trajectory.
 *
 * <p>A pixel counts if it lies in the image and strictly inside the valid radius; its distance must
 * be positive and at most the far bound. Rays are prepared once for all poses. One instance per
 * thread; nothing is allocated per pixel.
 */
public final class RayDistanceRenderer {
  private final Pose12 rigFromCamera;
  private final double farMetres;
  private final double[] rays;
  private final RayHit hit = new RayHit();

  /**
   * Prepares the rays of the pixels in rows and columns 0, s, 2s, …
   *
   * @param stride s, at least 1
   * @param farMetres largest distance that counts, metres
   */
  public RayDistanceRenderer(CameraCalibration calibration, int stride, double farMetres) {
    DepthRenderer.requireStride(stride);
    if (!(farMetres > 0)) {
      throw new IllegalArgumentException(
          "Invalid far distance: " + farMetres + " (expected more than 0)");
    }
    CalibratedCamera camera = new CalibratedCamera(calibration);
    this.rigFromCamera = camera.rigFromCamera();
    this.farMetres = farMetres;
    PointBuffer directions = new PointBuffer(camera.width() * camera.height() / stride / stride);
    double[] ray = new double[3];
    for (int v = 0; v < camera.height(); v += stride) {
      for (int u = 0; u < camera.width(); u += stride) {
        if (camera.isInView(u, v)) {
          camera.unproject(u, v, ray);
          directions.add(ray[0], ray[1], ray[2]);
        }
      }
    }
    rays = directions.toArray();
  }

  /** Number of rays per frame. */
  public int rayCount() {
    return rays.length / 3;
  }

  /**
   * Appends what the camera sees from one pose of its rig, row by row, world metres.
   *
   * @param worldFromRig logged rig pose, without the twist of candidate poses
   */
  public void castPoints(Pose12 worldFromRig, RayCaster caster, PointBuffer pointsWorld) {
    Pose12 pose = worldFromRig.compose(rigFromCamera);
    for (int i = 0; i < rays.length; i += 3) {
      double x = rays[i];
      double y = rays[i + 1];
      double z = rays[i + 2];
      double dx = pose.r00() * x + pose.r01() * y + pose.r02() * z;
      double dy = pose.r10() * x + pose.r11() * y + pose.r12() * z;
      double dz = pose.r20() * x + pose.r21() * y + pose.r22() * z;
      boolean isHit =
          caster.nearest(
              pose.tx(), pose.ty(), pose.tz(), dx, dy, dz, Double.MIN_NORMAL, farMetres, hit);
      if (isHit) {
        double distance = hit.t();
        pointsWorld.add(
            pose.applyX(distance * x, distance * y, distance * z),
            pose.applyY(distance * x, distance * y, distance * z),
            pose.applyZ(distance * x, distance * y, distance * z));
      }
    }
  }
}
