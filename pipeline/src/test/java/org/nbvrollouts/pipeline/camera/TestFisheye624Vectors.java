package org.nbvrollouts.pipeline.camera;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.pipeline.vectors.VectorCheck;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.Pose12;

/** Every number of the golden file is an input or compared. */
class TestFisheye624Vectors {
  /** The calibration record is float32: distortion is off by up to 6e-8 of itself. */
  private static final double FLOAT_RECORD = 1e-6;

  private final VectorCheck check = VectorCheck.of("fisheye624");

  @Test
  void everyNumberOfTheFileIsReproduced() {
    Fisheye624 lens = new Fisheye624(GoldenVectors.numbers(check.golden().get("params")));
    for (JsonNode row : check.golden().get("rows")) {
      double[] point = GoldenVectors.numbers(row.get("point_cam"));
      double[] uv = new double[2];
      lens.project(point[0], point[1], point[2], uv);
      check.numbers("uv", uv, row.get("uv"));
      double[] stored = GoldenVectors.numbers(row.get("uv"));
      double[] ray = new double[3];
      lens.unproject(stored[0], stored[1], ray);
      double[] toPlane = {ray[0] / ray[2], ray[1] / ray[2], 1};
      check.numbers("unprojected_ray_z1", toPlane, row.get("unprojected_ray_z1"));
    }
    rootCloud(check.golden().get("root_cloud"));
    check.everythingCompared(
        33,
        "params_order",
        "params",
        "rows/point_cam",
        "pixel_uv",
        "ray_distance_m",
        "valid_radius",
        "T_camera_rig",
        "T_world_rig");
  }

  private void rootCloud(JsonNode root) {
    double radius = root.get("valid_radius").asDouble();
    CalibratedCamera camera = new CalibratedCamera(calibration(radius));
    double[] uv = GoldenVectors.numbers(root.get("pixel_uv"));
    double edge = radius * root.get("radius_fraction").asDouble();
    check.same(
        "radius_fraction: the pixel is in view for radii above this part of the valid one",
        List.of(isInView(uv, edge * (1 - 1e-6)), isInView(uv, edge * (1 + 1e-6))),
        List.of(false, true));
    double[] ray = new double[3];
    camera.unproject(uv[0], uv[1], ray);
    check.numbers("ray_cam_unit", ray, root.get("ray_cam_unit"), FLOAT_RECORD);
    double distance = root.get("ray_distance_m").asDouble();
    double[] seen = {distance * ray[0], distance * ray[1], distance * ray[2]};
    check.numbers("point_cam", seen, root.get("point_cam"), FLOAT_RECORD);
    Pose12 rigFromCamera = camera.rigFromCamera();
    check.numbers("point_rig", moved(rigFromCamera, seen), root.get("point_rig"), FLOAT_RECORD);
    Pose12 worldFromCamera = GoldenVectors.pose(root.get("T_world_rig")).compose(rigFromCamera);
    check.numbers(
        "point_world", moved(worldFromCamera, seen), root.get("point_world"), FLOAT_RECORD);
  }

  private boolean isInView(double[] uv, double validRadius) {
    return new CalibratedCamera(calibration(validRadius)).isInView(uv[0], uv[1]);
  }

  private static double[] moved(Pose12 pose, double[] p) {
    return new double[] {
      pose.applyX(p[0], p[1], p[2]), pose.applyY(p[0], p[1], p[2]), pose.applyZ(p[0], p[1], p[2])
    };
  }

  private CameraCalibration calibration(double validRadius) {
    return TestCalibratedCamera.calibration(check.golden(), validRadius);
  }
}
