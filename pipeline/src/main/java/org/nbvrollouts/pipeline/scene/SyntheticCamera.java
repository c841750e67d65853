package org.nbvrollouts.pipeline.scene;

import org.nbvrollouts.store.source.CameraCalibration;

/**
 * The camera of synthetic walks: a 240 × 240 fisheye624 camera like the RGB camera of Project Aria
 * glasses after preprocessing. Its own axes are x right (u grows), y down (v grows) and z forward,
 * so from the rig (x down, y left, z forward): camera x = −rig y, camera y = rig x. The lens is
 * monotone over the whole valid radius, so that every valid pixel has a ray.
 */
final class SyntheticCamera {
  private static final float SIZE = 240;
  private static final float FOCAL = 101.5f;
  private static final float CENTRE = 119.5f;
  private static final float VALID_RADIUS = 118;
  private static final float[] CAMERA_FROM_RIG = {0, -1, 0, 1, 0, 0, 0, 0, 1, 0.02f, -0.03f, 0.01f};
  private static final float[] DISTORTION = {
    0.06f, -0.02f, 4e-3f, -2e-3f, 8e-4f, -1e-4f, 4e-4f, -3e-4f, 2e-4f, -1e-4f, 3e-4f, 5e-5f
  };

  private SyntheticCamera() {}

  static CameraCalibration calibration() {
    float[] values = new float[CameraCalibration.LENGTH];
    float[] head = {
      SIZE, SIZE, FOCAL, FOCAL, CENTRE, CENTRE, 1, 0.005f, VALID_RADIUS, VALID_RADIUS
    };
    System.arraycopy(head, 0, values, 0, head.length);
    System.arraycopy(CAMERA_FROM_RIG, 0, values, head.length, CAMERA_FROM_RIG.length);
    System.arraycopy(
        DISTORTION, 0, values, head.length + CAMERA_FROM_RIG.length, DISTORTION.length);
    return CameraCalibration.of(values, 0);
  }
}
