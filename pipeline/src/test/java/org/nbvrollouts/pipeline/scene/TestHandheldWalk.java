package org.nbvrollouts.pipeline.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.camera.CalibratedCamera;
import org.nbvrollouts.pipeline.candidate.RigTwist;
import org.nbvrollouts.pipeline.geometry.PointMeshDistance;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;

class TestHandheldWalk {

  @Test
  void twistedRigLooksAlongTheGazeWithTheSkyUp() {
    double yaw = 0.7;
    double pitch = -0.3;
    Pose12 camera = RigTwist.twist(HandheldWalk.rigPose(yaw, pitch, 0, 1, 2, 1.5));
    assertThat(camera.r02()).isCloseTo(Math.cos(yaw) * Math.cos(pitch), within(1e-12));
    assertThat(camera.r12()).isCloseTo(Math.sin(yaw) * Math.cos(pitch), within(1e-12));
    assertThat(camera.r22()).isCloseTo(Math.sin(pitch), within(1e-12));
    assertThat(camera.r21()).isCloseTo(Math.cos(pitch), within(1e-12));
    assertThat(camera.r20()).isCloseTo(0, within(1e-12));
    assertThat(camera.r00()).isCloseTo(-Math.sin(yaw), within(1e-12));
    assertThat(camera.r10()).isCloseTo(Math.cos(yaw), within(1e-12));
  }

  @Test
  void pointsToTheLeftAndAboveLieAtSmallerColumnsAndRows() {
    CalibratedCamera camera = new CalibratedCamera(SyntheticCamera.calibration());
    Pose12 worldFromRig = HandheldWalk.rigPose(0, 0, 0, 0, 0, 1.5);
    Pose12 cameraFromWorld = worldFromRig.compose(camera.rigFromCamera()).inverse();
    double[] ahead = pixel(camera, cameraFromWorld, 2, 0, 1.5);
    double[] left = pixel(camera, cameraFromWorld, 2, 0.5, 1.5);
    double[] above = pixel(camera, cameraFromWorld, 2, 0, 2.0);
    assertThat(ahead[0]).isBetween(100.0, 140.0);
    assertThat(ahead[1]).isBetween(100.0, 140.0);
    assertThat(left[0]).isLessThan(ahead[0] - 15);
    assertThat(left[1]).isCloseTo(ahead[1], within(3.0));
    assertThat(above[1]).isLessThan(ahead[1] - 15);
    assertThat(above[0]).isCloseTo(ahead[0], within(3.0));
  }

  @Test
  void everyValidPixelOfTheCameraHasARay() {
    CalibratedCamera camera = new CalibratedCamera(SyntheticCamera.calibration());
    double[] ray = new double[3];
    double[] uv = new double[2];
    for (int v = 0; v < camera.height(); v += 5) {
      for (int u = 0; u < camera.width(); u += 5) {
        if (camera.isInView(u, v)) {
          camera.unproject(u, v, ray);
          camera.project(ray[0], ray[1], ray[2], uv);
          assertThat(uv[0]).as("column %s, row %s", u, v).isCloseTo(u, within(1e-3));
          assertThat(uv[1]).as("column %s, row %s", u, v).isCloseTo(v, within(1e-3));
        }
      }
    }
  }

  @Test
  void walkKeepsClearOfEverySurface() {
    for (int number = 0; number < SceneFixtures.SCENES; number++) {
      SyntheticScene scene = SceneFixtures.scene(number);
      PointMeshDistance distance = new PointMeshDistance(scene.bvh(), 0);
      for (Pose12 pose : scene.walk().worldFromRig()) {
        assertThat(Math.sqrt(distance.squaredDistance(pose.tx(), pose.ty(), pose.tz())))
            .as("clearance of %s in scene %s, seed %s", pose, number, SceneFixtures.SEED)
            .isGreaterThan(0.35);
      }
    }
  }

  @Test
  void consecutivePosesAreClose() {
    for (int number = 0; number < SceneFixtures.SCENES; number++) {
      PoseTrajectory walk = SceneFixtures.scene(number).walk();
      for (int i = 1; i < walk.size(); i++) {
        Pose12 step = walk.worldFromRig().get(i - 1).inverse().compose(walk.worldFromRig().get(i));
        double metres =
            Math.sqrt(step.tx() * step.tx() + step.ty() * step.ty() + step.tz() * step.tz());
        double trace = step.r00() + step.r11() + step.r22();
        double degrees = Math.toDegrees(Math.acos(Math.min(1, (trace - 1) / 2)));
        assertThat(metres).as("step %s of scene %s", i, number).isLessThan(0.1);
        assertThat(degrees).as("turn %s of scene %s", i, number).isLessThan(9);
        assertThat(walk.timesNs().get(i) - walk.timesNs().get(i - 1)).isEqualTo(100_000_000L);
      }
    }
  }

  @Test
  void deviceIsHeldUprightAtChestToEyeHeight() {
    for (int number = 0; number < SceneFixtures.SCENES; number++) {
      for (Pose12 pose : SceneFixtures.scene(number).walk().worldFromRig()) {
        Pose12 camera = RigTwist.twist(pose);
        assertThat(pose.tz()).isBetween(1.4, 1.7);
        assertThat(camera.r21()).as("upward part of camera y").isGreaterThan(0.7);
        assertThat(Math.abs(camera.r20())).as("roll").isLessThan(0.1);
      }
    }
  }

  @Test
  void walkLooksAround() {
    for (int number = 0; number < SceneFixtures.SCENES; number++) {
      PoseTrajectory walk = SceneFixtures.scene(number).walk();
      boolean[] octants = new boolean[8];
      for (Pose12 pose : walk.worldFromRig()) {
        double yaw = Math.atan2(pose.r12(), pose.r02());
        octants[Math.min(7, (int) ((yaw + Math.PI) / (Math.PI / 4)))] = true;
      }
      int directions = 0;
      for (boolean octant : octants) {
        directions += octant ? 1 : 0;
      }
      assertThat(directions).as("directions in scene %s", number).isGreaterThanOrEqualTo(4);
    }
  }

  private static double[] pixel(
      CalibratedCamera camera, Pose12 cameraFromWorld, double x, double y, double z) {
    double[] uv = new double[2];
    camera.project(
        cameraFromWorld.applyX(x, y, z),
        cameraFromWorld.applyY(x, y, z),
        cameraFromWorld.applyZ(x, y, z),
        uv);
    return uv;
  }
}
