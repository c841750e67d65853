package org.nbvrollouts.pipeline.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.RayCaster;
import org.nbvrollouts.pipeline.render.DepthImage;
import org.nbvrollouts.pipeline.render.DepthRenderer;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

final class TestReferenceDepth {

  @Test
  void renderedViewsAreThoseOfTheDefinition() {
    int[] hits = new int[1];
    Cases.forEach(
        seed -> {
          HostileScene scene = new HostileScene(seed);
          RayCaster caster = new RayCaster(Bvh.build(scene.mesh));
          for (int view = 0; view < 3; view++) {
            hits[0] += compareView(scene, caster, seed);
          }
        });
    assertThat(hits[0]).as("pixels with a face").isPositive();
  }

  private static int compareView(HostileScene scene, RayCaster caster, long seed) {
    ReferenceDepth reference =
        new ReferenceDepth(scene.mesh, HostileScene.CAMERA, HostileScene.ZNEAR, HostileScene.ZFAR);
    DepthRenderer renderer =
        new DepthRenderer(HostileScene.CAMERA, HostileScene.ZNEAR, HostileScene.ZFAR);
    DepthImage image = renderer.newImage();
    Pose12 pose = scene.camera();
    renderer.render(pose, caster, image);
    int hits = 0;
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < image.width(); column++) {
        ReferenceDepth.Pixel expected = reference.pixel(pose, row, column);
        ReferenceDepth.Pixel actual =
            new ReferenceDepth.Pixel(
                image.depth(row, column), image.face(row, column), image.isValid(row, column));
        assertThat(actual).as("seed %d pixel %d, %d", seed, row, column).isEqualTo(expected);
        hits += expected.face() == ReferenceDepth.MISS_FACE ? 0 : 1;
      }
    }
    assertSamePoints(reference, renderer, caster, pose, seed);
    return hits;
  }

  private static void assertSamePoints(
      ReferenceDepth reference, DepthRenderer renderer, RayCaster caster, Pose12 pose, long seed) {
    for (int stride = 1; stride <= 3; stride++) {
      PointBuffer actual = new PointBuffer(1);
      renderer.castPoints(pose, caster, stride, actual);
      List<Point3> expected = reference.points(pose, stride);
      assertThat(actual.toArray())
          .as("seed %d stride %d", seed, stride)
          .isEqualTo(Cases.buffer(expected).toArray());
    }
  }
}
