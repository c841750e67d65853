package org.nbvrollouts.store.source.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.Pose12;

final class TestFrameAxes {
  /** The 90° twist of specification generation 2.3. */
  private static final Pose12 TWIST = new Pose12(0, -1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0);

  /** Somebody at (1, 2, 3) looks along world +x: left is +y, up is +z. */
  private static final Pose12 LOOKING_ALONG_X_LEFT_UP_FORWARD =
      new Pose12(0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 2, 3);

  /**
   * The same look in each convention, columns written by hand: forward (1,0,0), left (0,1,0), up
   * (0,0,1), right (0,-1,0), down (0,0,-1), backward (-1,0,0).
   */
  @ParameterizedTest
  @CsvSource({
    "left-up-forward,    0, 0, 1,  1, 0, 0,  0, 1, 0",
    "right-down-forward, 0, 0, 1, -1, 0, 0,  0,-1, 0",
    "down-left-forward,  0, 0, 1,  0, 1, 0, -1, 0, 0",
    "right-up-backward,  0, 0,-1, -1, 0, 0,  0, 1, 0",
    "forward-left-up,    1, 0, 0,  0, 1, 0,  0, 0, 1",
  })
  void everyConventionTwistsToTheSameCamera(
      String axes,
      double r00,
      double r01,
      double r02,
      double r10,
      double r11,
      double r12,
      double r20,
      double r21,
      double r22) {
    Pose12 logged = new Pose12(r00, r01, r02, r10, r11, r12, r20, r21, r22, 1, 2, 3);
    Pose12 root = FrameAxes.parse(axes).worldFromRig(logged).compose(TWIST);
    assertThat(root.toArray()).isEqualTo(LOOKING_ALONG_X_LEFT_UP_FORWARD.toArray());
  }

  @Test
  void deviceAxesAreTheRigItself() {
    Pose12 logged = new Pose12(0, 0, 1, 0, 1, 0, -1, 0, 0, 1, 2, 3);
    assertThat(FrameAxes.DOWN_LEFT_FORWARD.worldFromRig(logged).toArray())
        .isEqualTo(logged.toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"left-down-forward", "right-right-forward", "right-down", "a-b-c", ""})
  void otherTextsAreRefused(String axes) {
    assertThatThrownBy(() -> FrameAxes.parse(axes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid axes: "
                + axes
                + " (expected a right-handed frame such as right-down-forward, down-left-forward"
                + " or left-up-forward)");
  }

  @Test
  void theDefaultCameraShowsUpAtSmallVAndLeftAtSmallU() {
    Pose12 worldFromRig =
        FrameAxes.parse("left-up-forward").worldFromRig(LOOKING_ALONG_X_LEFT_UP_FORWARD);
    // Four metres ahead, then half a metre to the left and a metre up.
    double[] ahead = pixel(BundleCamera.DEFAULT, worldFromRig, 5, 2, 3);
    double[] left = pixel(BundleCamera.DEFAULT, worldFromRig, 5, 2.5, 3);
    double[] up = pixel(BundleCamera.DEFAULT, worldFromRig, 5, 2, 4);
    assertThat(ahead).containsExactly(119.5, 119.5);
    assertThat(left[0]).isLessThan(ahead[0]);
    assertThat(left[1]).isEqualTo(ahead[1]);
    assertThat(up[1]).isLessThan(ahead[1]);
    assertThat(up[0]).isEqualTo(ahead[0]);
  }

  @Test
  void aMountedCameraKeepsItsPlaceOnTheDevice() {
    // TUM axes: a camera frame that is the pose frame itself is upright.
    assertThat(
            BundleCamera.cameraFromRig(Optional.of(Pose12.IDENTITY), FrameAxes.RIGHT_DOWN_FORWARD)
                .toArray())
        .usingComparatorWithPrecision(0.0)
        .containsExactly(BundleCamera.UPRIGHT_CAMERA_FROM_RIG.toArray());
    // MPS axes: an upright camera has columns right = -y, down = +x, forward = +z in the device,
    // here 0.1 m to the left of its origin; a point there is at the origin of the camera.
    Pose12 deviceFromCamera = new Pose12(0, 1, 0, -1, 0, 0, 0, 0, 1, 0, 0.1, 0);
    Pose12 cameraFromRig =
        BundleCamera.cameraFromRig(Optional.of(deviceFromCamera), FrameAxes.DOWN_LEFT_FORWARD);
    assertThat(cameraFromRig.applyX(0, 0.1, 0)).isZero();
    assertThat(cameraFromRig.applyY(0, 0.1, 0)).isZero();
    // One metre below that place is one metre along the camera's y.
    assertThat(cameraFromRig.applyY(1, 0.1, 0)).isEqualTo(1);
  }

  /** Pixel of a world point seen by an equidistant lens. */
  private static double[] pixel(
      CameraCalibration camera, Pose12 worldFromRig, double x, double y, double z) {
    Pose12 cameraFromWorld = camera.cameraFromRig().compose(worldFromRig.inverse());
    double cx = cameraFromWorld.applyX(x, y, z);
    double cy = cameraFromWorld.applyY(x, y, z);
    double cz = cameraFromWorld.applyZ(x, y, z);
    double radius = Math.sqrt(cx * cx + cy * cy);
    double angle = StrictMath.atan2(radius, cz);
    double scale = radius == 0 ? 0 : angle / radius;
    return new double[] {
      camera.principalX() + camera.focalX() * scale * cx,
      camera.principalY() + camera.focalY() * scale * cy
    };
  }
}
