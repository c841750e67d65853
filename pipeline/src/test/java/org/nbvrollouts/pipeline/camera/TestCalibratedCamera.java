package org.nbvrollouts.pipeline.camera;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.store.source.CameraCalibration;

class TestCalibratedCamera {
  private final JsonNode vectors = GoldenVectors.load("fisheye624");

  @Test
  void principalPointIsTheAxisBothWays() {
    Fisheye624 lens = new Fisheye624(GoldenVectors.numbers(vectors.get("params")));
    double[] uv = new double[2];
    double[] ray = new double[3];
    lens.project(0, 0, 2, uv);
    assertThat(uv).containsExactly(119.5, 118.0);
    lens.unproject(119.5, 118.0, ray);
    assertThat(ray).containsExactly(0, 0, 1);
  }

  @Test
  void viewEndsAtTheImageBorderAndInsideTheValidRadius() {
    CalibratedCamera camera = new CalibratedCamera(calibration(vectors, 118));
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
    CalibratedCamera camera = new CalibratedCamera(calibration(vectors, 118));
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

  /** The camera of the golden file with another valid radius, pixels. */
  static CameraCalibration calibration(JsonNode vectors, double validRadius) {
    float[] record = new float[CameraCalibration.LENGTH];
    double[] params = GoldenVectors.numbers(vectors.get("params"));
    double[] cameraFromRig = GoldenVectors.numbers(vectors.get("root_cloud").get("T_camera_rig"));
    record[0] = 240;
    record[1] = 240;
    record[8] = record[9] = (float) validRadius;
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
