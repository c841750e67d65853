package org.nbvrollouts.pipeline.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.geometry.PointMeshDistance;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SparsePoints;
import org.nbvrollouts.store.source.TriangleMesh;

class TestVisiblePointSampler {
  private static final int WANTED = 3_000;

  @Test
  void pointsLieNearTheMeshAsFarAsTheirQualitySays() {
    SyntheticScene scene = SceneFixtures.scene(0);
    SparsePoints points = sampled(scene, "home::a");
    PointCloud cloud = points.pointsWorld();
    PointMeshDistance distance = new PointMeshDistance(scene.bvh(), 0);
    assertThat(cloud.size()).isBetween(WANTED / 2, WANTED);
    for (int i = 0; i < cloud.size(); i++) {
      Pose12 pose = scene.walk().worldFromRig().get(points.frames().orElseThrow().at(i));
      double dx = cloud.x(i) - pose.tx();
      double dy = cloud.y(i) - pose.ty();
      double dz = cloud.z(i) - pose.tz();
      double range = Math.sqrt(dx * dx + dy * dy + dz * dz) + 0.05;
      double std = points.inverseDistanceStd().orElseThrow().at(i);
      double tolerance = 2.5 * std * range * range * 1.1 + 0.01;
      assertThat(Math.sqrt(distance.squaredDistance(cloud.x(i), cloud.y(i), cloud.z(i))))
          .as("point %s at range %s", i, range)
          .isLessThan(tolerance);
    }
  }

  @Test
  void equalKeysGiveEqualPointsAndOtherKeysOthers() {
    SyntheticScene scene = SceneFixtures.scene(0);
    SparsePoints first = sampled(scene, "home::a");
    assertThat(sampled(scene, "home::a").pointsWorld().copyCoordinates())
        .isEqualTo(first.pointsWorld().copyCoordinates());
    assertThat(sampled(scene, "home::b").pointsWorld().copyCoordinates())
        .isNotEqualTo(first.pointsWorld().copyCoordinates());
  }

  @Test
  void everyPrefixCoversAllFrames() {
    SparsePoints points = sampled(SceneFixtures.scene(0), "home::a");
    long frames = 0;
    for (int frame = 0; frame < 20; frame++) {
      for (int i = 0; i < 100; i++) {
        if (points.frames().orElseThrow().at(i) == frame) {
          frames++;
          break;
        }
      }
    }
    assertThat(frames).isEqualTo(20);
  }

  @Test
  void voidGivesNoPoints() {
    TriangleMesh behind =
        TriangleMesh.of(new float[] {-5, 0, 0, -5, 1, 0, -5, 0, 1}, new int[] {0, 1, 2});
    Pose12 lookingAway = HandheldWalk.rigPose(0, 0, 0, 0, 0, 0);
    PoseTrajectory trajectory = new PoseTrajectory(List.of(lookingAway), List.of());
    SparsePoints points =
        new VisiblePointSampler(100)
            .prepare(behind)
            .sample(trajectory, List.of(SyntheticCamera.calibration()), "void");
    assertThat(points.pointsWorld().size()).isZero();
  }

  @Test
  void zeroPointsAreRefused() {
    assertThatThrownBy(() -> new VisiblePointSampler(0))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid points per snippet: 0 (expected at least 1)");
  }

  private static SparsePoints sampled(SyntheticScene scene, String key) {
    PoseTrajectory part =
        new PoseTrajectory(
            scene.walk().worldFromRig().subList(0, 20), scene.walk().timesNs().subList(0, 20));
    return new VisiblePointSampler(WANTED)
        .prepare(scene.mesh())
        .sample(part, scene.calibrations(20), key);
  }
}
