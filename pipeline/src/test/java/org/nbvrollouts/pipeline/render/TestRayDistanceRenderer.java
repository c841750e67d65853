package org.nbvrollouts.pipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.RayCaster;
import org.nbvrollouts.pipeline.geometry.ViewCaster;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

class TestRayDistanceRenderer {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

  /** A wall at x = 3, seen by a rig at (1, 2, 3) whose z axis is world x. */
  private static final TriangleMesh WALL =
      TriangleMesh.of(new float[] {3, -99, -99, 3, 99, -99, 3, 0, 99}, new int[] {0, 1, 2});

  private static final Pose12 WORLD_FROM_RIG = new Pose12(0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 2, 3);

  @Test
  void pointsLieOnTheMeshRowByRowWithColumnsAlongX() {
    RayDistanceRenderer renderer = new RayDistanceRenderer(calibration(0), 2, 20);
    PointBuffer points = new PointBuffer(1);
    renderer.castPoints(WORLD_FROM_RIG, new RayCaster(Bvh.build(WALL)), points);
    assertThat(renderer.rayCount()).isEqualTo(6);
    assertThat(points.size()).isEqualTo(6);
    double[] columns = {-2, 0, 2};
    double[] rows = {-1, 1};
    for (int i = 0; i < 6; i++) {
      assertThat(points.x(i)).isCloseTo(3, ROUNDING);
      assertThat(points.y(i)).isCloseTo(2 + 2 * columns[i % 3] / 10, ROUNDING);
      assertThat(points.z(i)).isCloseTo(3 + 2 * rows[i / 3] / 10, ROUNDING);
    }
  }

  @Test
  void trap6RootRaysEndByDistanceAndCandidateRaysByDepth() {
    RayCaster caster = new RayCaster(Bvh.build(WALL));
    PointBuffer points = new PointBuffer(1);
    new RayDistanceRenderer(calibration(0), 2, 2.01).castPoints(WORLD_FROM_RIG, caster, points);
    assertThat(points.size()).as("corner rays are 2.05 m long, middle ones 2.0099 m").isEqualTo(2);
    DepthRenderer candidate =
        new DepthRenderer(new PinholeCamera(5, 3, 10, 10, 2.5, 1.5), 0.001, 2.03);
    DepthImage image = candidate.newImage();
    candidate.render(WORLD_FROM_RIG, new ViewCaster(Bvh.build(WALL)), image);
    assertThat(image.depth(0, 0)).as("z-depth of a corner").isEqualTo(2);
    assertThat(image.validCount()).as("2 m is below 0.99 of the far bound").isEqualTo(15);
  }

  @Test
  void pixelsOutsideTheValidRadiusAreNotTraced() {
    assertThat(new RayDistanceRenderer(calibration(2.1f), 1, 20).rayCount()).isEqualTo(11);
    assertThat(new RayDistanceRenderer(calibration(2), 2, 20).rayCount()).isEqualTo(2);
  }

  @Test
  void refusesAStrideOrBoundThatIsNotPositive() {
    assertThatThrownBy(() -> new RayDistanceRenderer(calibration(0), 0, 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid backprojection_stride: 0 (expected at least 1)");
    assertThatThrownBy(() -> new RayDistanceRenderer(calibration(0), 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid far distance: 0.0 (expected more than 0)");
  }

  /** Five columns and three rows, f = 10, centre (2, 1), on the rig's own axes. */
  private static CameraCalibration calibration(float validRadius) {
    float[] record = new float[CameraCalibration.LENGTH];
    record[0] = 5;
    record[1] = 3;
    record[2] = record[3] = 10;
    record[4] = 2;
    record[5] = 1;
    record[8] = record[9] = validRadius;
    record[10] = record[14] = record[18] = 1;
    return CameraCalibration.of(record, 0);
  }
}
