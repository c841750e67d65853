package org.nbvrollouts.pipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.Meshes;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.ViewCaster;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

class TestDepthRenderer {
  private final JsonNode vectors = GoldenVectors.load("render_and_rri");

  @Test
  void castingOnlyStridedPixelsGivesTheBackProjectedPointsBitForBit() {
    for (int seed = 0; seed < 10; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ViewCaster caster = new ViewCaster(Bvh.build(Meshes.soup(random, 400, 4)));
      Pose12 pose = new Pose12(0.6, -0.8, 0, 0.8, 0.6, 0, 0, 0, 1, 0.1, 0.2, -2);
      PinholeCamera camera = new PinholeCamera(31, 23, 20, 18, 15.2, 11.1);
      DepthRenderer renderer = new DepthRenderer(camera, 0.001, 3);
      DepthImage image = renderer.newImage();
      renderer.render(pose, caster, image);
      for (int stride = 1; stride < 5; stride++) {
        PointBuffer projected = new PointBuffer(4);
        PointBuffer cast = new PointBuffer(4);
        renderer.backProject(image, pose, stride, projected);
        renderer.castPoints(pose, caster, stride, cast);
        assertThat(cast.toArray()).as("seed=%d", seed).isEqualTo(projected.toArray());
        assertThat(cast.isEmpty()).as("seed=%d", seed).isFalse();
      }
    }
  }

  @Test
  void faceBeforeTheNearBoundIsSeenThroughAndOneBehindTheFarBoundIsInvalid() {
    TriangleMesh mesh =
        TriangleMesh.of(
            new float[] {-9, -9, 0.5f, 9, -9, 0.5f, 0, 9, 0.5f, -9, -9, 3, 9, -9, 3, 0, 9, 3},
            new int[] {0, 1, 2, 3, 4, 5});
    ViewCaster caster = new ViewCaster(Bvh.build(mesh));
    DepthRenderer renderer = new DepthRenderer(new PinholeCamera(1, 1, 1, 1, 0.5, 0.5), 0.6, 3);
    DepthImage image = renderer.newImage();
    renderer.render(Pose12.IDENTITY, caster, image);
    assertThat(image.depth(0, 0)).isEqualTo(3);
    assertThat(image.face(0, 0)).isEqualTo(1);
    assertThat(image.isValid(0, 0)).isFalse();
    new DepthRenderer(renderer.camera(), 0.5, 4).render(Pose12.IDENTITY, caster, image);
    assertThat(image.depth(0, 0)).isEqualTo(0.5);
    assertThat(image.isValid(0, 0)).as("0.5 is not above 1.01 of the near bound").isFalse();
  }

  @Test
  void anImageKeepsNothingOfTheViewBefore() {
    DepthRenderer renderer = new DepthRenderer(vectorCamera(), 0.001, 20);
    DepthImage image = renderer.newImage();
    JsonNode views = vectors.get("views");
    renderer.render(
        GoldenVectors.pose(views.get("A").get("pose_world_cam")), vectorCaster(), image);
    renderer.render(
        GoldenVectors.pose(views.get("C").get("pose_world_cam")), vectorCaster(), image);
    assertThat(image.validCount()).isZero();
    assertThat(image.depth(7, 7)).isEqualTo(DepthImage.MISS_DEPTH);
  }

  @Test
  void refusesWrongSizesRangesAndStrides() {
    DepthRenderer renderer = new DepthRenderer(vectorCamera(), 0.001, 20);
    assertThatThrownBy(() -> renderer.render(Pose12.IDENTITY, vectorCaster(), new DepthImage(9, 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid image size: 9 × 8 (expected 8 × 8)");
    assertThatThrownBy(
            () -> renderer.castPoints(Pose12.IDENTITY, vectorCaster(), 0, new PointBuffer(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid backprojection_stride: 0 (expected at least 1)");
    assertThatThrownBy(() -> new DepthRenderer(vectorCamera(), 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid depth range: znear 2.0, zfar 1.0 (expected 0 < znear < zfar)");
  }

  private PinholeCamera vectorCamera() {
    return GoldenVectors.pinhole(vectors.get("camera"));
  }

  private ViewCaster vectorCaster() {
    return new ViewCaster(Bvh.build(GoldenVectors.mesh(vectors.get("mesh"))));
  }
}
