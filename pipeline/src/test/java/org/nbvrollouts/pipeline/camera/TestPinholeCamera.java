package org.nbvrollouts.pipeline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.pipeline.vectors.VectorCheck;
import org.nbvrollouts.store.source.CameraCalibration;

class TestPinholeCamera {
  /** A pinhole camera has no valid radius: rendering ignores it, so none is scaled. */
  @Test
  void everyNumberOfTheRescaledCameraIsReproduced() {
    VectorCheck check = VectorCheck.of("selection_and_rules", "camera_scaling");
    JsonNode camera = check.golden();
    double[] f = GoldenVectors.numbers(camera.get("f"));
    double[] c = GoldenVectors.numbers(camera.get("c"));
    PinholeCamera scaled =
        new PinholeCamera(
                camera.get("width").asInt(), camera.get("height").asInt(), f[0], f[1], c[0], c[1])
            .scaled(0.2);
    JsonNode expected = camera.get("scale_0_2");
    check.numbers("size", new double[] {scaled.width(), scaled.height()}, expected.get("size"));
    check.numbers("f", new double[] {scaled.fx(), scaled.fy()}, expected.get("f"));
    check.numbers("c", new double[] {scaled.cx(), scaled.cy()}, expected.get("c"));
    check.everythingCompared(
        6, "width", "height", "camera_scaling/f", "camera_scaling/c", "valid_radius");
  }

  @Test
  void sizesAreCutToWholePixels() {
    PinholeCamera scaled = new PinholeCamera(101, 99, 50, 50, 50, 49).scaled(0.5);
    assertThat(scaled.width()).isEqualTo(50);
    assertThat(scaled.height()).isEqualTo(49);
    assertThat(scaled.fx()).isEqualTo(50 * (50.0 / 101));
  }

  @Test
  void raysOfTheLeftAndUpperHalfPointLeftAndUp() {
    PinholeCamera camera = new PinholeCamera(8, 8, 6, 3, 4, 4);
    assertThat(camera.rayX(0)).isEqualTo(3.5 / 6);
    assertThat(camera.rayY(0)).isEqualTo(3.5 / 3);
    assertThat(camera.rayX(7)).isEqualTo(-3.5 / 6);
  }

  @Test
  void templateIgnoresDistortionAndValidRadius() {
    float[] record = new float[CameraCalibration.LENGTH];
    record[0] = 240;
    record[1] = 120;
    record[2] = record[3] = 101.5f;
    record[4] = 119.5f;
    record[5] = 59.5f;
    record[8] = record[9] = 118;
    record[22] = 0.4f;
    assertThat(PinholeCamera.of(CameraCalibration.of(record, 0)))
        .isEqualTo(new PinholeCamera(240, 120, 101.5, 101.5, 119.5, 59.5));
  }

  @Test
  void refusesWhatIsNoCamera() {
    assertThatThrownBy(() -> new PinholeCamera(0, 8, 6, 6, 4, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid camera size: 0 × 8 (expected at least 1 × 1)");
    assertThatThrownBy(() -> new PinholeCamera(8, 8, 0, 6, 4, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected finite values and positive focal lengths");
  }
}
