package org.nbvrollouts.pipeline.camera;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.geometry.Vectors;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.Pose12;

class TestCalibratedCamera {
  private static final Offset<Double> ROUNDED = Offset.offset(2 * Vectors.JSON_ROUNDING);

  /** The record holds float32: distortion is off by up to 6e-8 of itself. */
  private static final Offset<Double> FLOAT_RECORD = Offset.offset(1e-6);

  private final JsonNode vectors = Vectors.read("fisheye624.json");

  @Test
  void fisheyeProjectsAsTheVectorsDo() {
    Fisheye624 lens = new Fisheye624(Vectors.doubles(vectors.get("params")));
    double[] uv = new double[2];
    for (JsonNode row : vectors.get("rows")) {
      double[] point = Vectors.doubles(row.get("point_cam"));
      double[] expected = Vectors.doubles(row.get("uv"));
      lens.project(point[0], point[1], point[2], uv);
      assertThat(uv[0]).isCloseTo(expected[0], ROUNDED);
      assertThat(uv[1]).isCloseTo(expected[1], ROUNDED);
    }
  }

  @Test
  void fisheyeUnprojectsAsTheVectorsDoAlsoWhereFiveStepsDoNotConverge() {
    Fisheye624 lens = new Fisheye624(Vectors.doubles(vectors.get("params")));
    double[] ray = new double[3];
    for (JsonNode row : vectors.get("rows")) {
      double[] uv = Vectors.doubles(row.get("uv"));
      double[] expected = Vectors.doubles(row.get("unprojected_ray_z1"));
      lens.unproject(uv[0], uv[1], ray);
      assertThat(ray[0] / ray[2]).isCloseTo(expected[0], ROUNDED);
      assertThat(ray[1] / ray[2]).isCloseTo(expected[1], ROUNDED);
      assertThat(ray[0] * ray[0] + ray[1] * ray[1] + ray[2] * ray[2])
          .isCloseTo(1, Offset.offset(1e-15));
    }
  }

  @Test
  void principalPointIsTheAxisBothWays() {
    Fisheye624 lens = new Fisheye624(Vectors.doubles(vectors.get("params")));
    double[] uv = new double[2];
    double[] ray = new double[3];
    lens.project(0, 0, 2, uv);
    assertThat(uv).containsExactly(119.5, 118.0);
    lens.unproject(119.5, 118.0, ray);
    assertThat(ray).containsExactly(0, 0, 1);
  }

  @Test
  void rootCloudPointIsThatOfTheVector() {
    JsonNode root = vectors.get("root_cloud");
    CalibratedCamera camera = new CalibratedCamera(calibration());
    double[] uv = Vectors.doubles(root.get("pixel_uv"));
    double distance = root.get("ray_distance_m").asDouble();
    double[] ray = new double[3];
    camera.unproject(uv[0], uv[1], ray);
    double[] expectedRay = Vectors.doubles(root.get("ray_cam_unit"));
    double[] point = Vectors.doubles(root.get("point_world"));
    Pose12 worldFromCamera = Vectors.pose(root.get("T_world_rig")).compose(camera.rigFromCamera());
    double x = distance * ray[0];
    double y = distance * ray[1];
    double z = distance * ray[2];
    for (int axis = 0; axis < 3; axis++) {
      assertThat(ray[axis]).isCloseTo(expectedRay[axis], FLOAT_RECORD);
    }
    assertThat(camera.isInView(uv[0], uv[1])).isTrue();
    assertThat(worldFromCamera.applyX(x, y, z)).isCloseTo(point[0], FLOAT_RECORD);
    assertThat(worldFromCamera.applyY(x, y, z)).isCloseTo(point[1], FLOAT_RECORD);
    assertThat(worldFromCamera.applyZ(x, y, z)).isCloseTo(point[2], FLOAT_RECORD);
  }

  @Test
  void viewEndsAtTheImageBorderAndInsideTheValidRadius() {
    CalibratedCamera camera = new CalibratedCamera(calibration());
    assertThat(camera.isInView(119.5, 0.0)).as("118 pixels from the centre").isFalse();
    assertThat(camera.isInView(119.5, 0.5)).isTrue();
    assertThat(camera.isInView(119.5, -0.1)).isFalse();
    assertThat(camera.isInView(1.6, 118)).isTrue();
    assertThat(camera.isInView(239, 118)).as("119.5 pixels from the centre").isFalse();
    assertThat(camera.isInView(Double.NaN, 118)).isFalse();
  }

  @Test
  void recordWithoutDistortionAndRadiusIsAPinholeCamera() {
    float[] record = new float[CameraCalibration.LENGTH];
    record[0] = 64;
    record[1] = 48;
    record[2] = 50;
    record[3] = 40;
    record[4] = 31.5f;
    record[5] = 23.5f;
    record[10] = record[14] = record[18] = 1;
    CalibratedCamera camera = new CalibratedCamera(CameraCalibration.of(record, 0));
    double[] uv = new double[2];
    assertThat(camera.project(1, 0.5, 2, uv)).isTrue();
    assertThat(uv).containsExactly(56.5, 33.5);
    assertThat(camera.project(1, 0.5, 0, uv)).isFalse();
    double[] ray = new double[3];
    camera.unproject(56.5, 33.5, ray);
    assertThat(ray[0] / ray[2]).isCloseTo(0.5, Offset.offset(1e-15));
    assertThat(ray[1] / ray[2]).isCloseTo(0.25, Offset.offset(1e-15));
    assertThat(camera.isInView(63, 47)).isTrue();
    assertThat(camera.isInView(63.5, 47)).isFalse();
  }

  @Test
  void unprojectionInvertsProjectionNearTheAxis() {
    CalibratedCamera camera = new CalibratedCamera(calibration());
    SplittableRandom random = new SplittableRandom(2);
    double[] uv = new double[2];
    double[] ray = new double[3];
    for (int i = 0; i < 500; i++) {
      double x = random.nextDouble() - 0.5;
      double y = random.nextDouble() - 0.5;
      assertThat(camera.project(x, y, 1, uv)).isTrue();
      camera.unproject(uv[0], uv[1], ray);
      assertThat(ray[0] / ray[2]).as("seed=2, point %d", i).isCloseTo(x, Offset.offset(1e-6));
      assertThat(ray[1] / ray[2]).as("seed=2, point %d", i).isCloseTo(y, Offset.offset(1e-6));
    }
  }

  private CameraCalibration calibration() {
    float[] record = new float[CameraCalibration.LENGTH];
    double[] params = Vectors.doubles(vectors.get("params"));
    double[] cameraFromRig = Vectors.doubles(vectors.get("root_cloud").get("T_camera_rig"));
    record[0] = 240;
    record[1] = 240;
    record[8] = record[9] = 118;
    for (int i = 0; i < 4; i++) {
      record[2 + i] = (float) params[i];
    }
    for (int i = 0; i < 12; i++) {
      record[10 + i] = (float) cameraFromRig[i];
      record[22 + i] = (float) params[4 + i];
    }
    return CameraCalibration.of(record, 0);
  }
}
