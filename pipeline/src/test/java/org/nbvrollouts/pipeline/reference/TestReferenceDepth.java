package org.nbvrollouts.pipeline.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.RayCaster;
import org.nbvrollouts.pipeline.geometry.RayHit;
import org.nbvrollouts.pipeline.geometry.ViewCaster;
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
          ViewCaster caster = new ViewCaster(Bvh.build(scene.mesh));
          for (int view = 0; view < 3; view++) {
            hits[0] += compareView(scene, caster, seed);
          }
        });
    assertThat(hits[0]).as("pixels with a face").isPositive();
  }

  @Test
  void raysInThePlaneOfAFaceHitWhatTheDefinitionSays() {
    int[] rays = new int[1];
    Cases.forEach(
        seed -> {
          HostileScene scene = new HostileScene(seed);
          RayCaster caster = new RayCaster(Bvh.build(scene.mesh));
          ReferenceRays definition = new ReferenceRays(scene.mesh);
          for (int face = 0; face < scene.mesh.faceCount(); face++) {
            for (int axis = 0; axis < 3; axis++) {
              if (isSquareTo(scene, face, axis)) {
                castInPlane(scene, face, axis, caster, definition, seed);
                rays[0]++;
              }
            }
          }
        });
    assertThat(rays[0]).as("rays in the plane of a face").isPositive();
  }

  private static boolean isSquareTo(HostileScene scene, int face, int axis) {
    float level = scene.mesh.cornerCoordinate(face, 0, axis);
    return level == scene.mesh.cornerCoordinate(face, 1, axis)
        && level == scene.mesh.cornerCoordinate(face, 2, axis);
  }

  /**
   * From a corner, an edge or beside the face, through it or past it, without leaving its plane.
   */
  private static void castInPlane(
      HostileScene scene,
      int face,
      int axis,
      RayCaster caster,
      ReferenceRays definition,
      long seed) {
    double[] origin = new double[3];
    double[] direction = new double[3];
    double share = scene.random.nextInt(3) / 2.0;
    for (int other = 0; other < 3; other++) {
      double a = scene.mesh.cornerCoordinate(face, 0, other);
      double b = scene.mesh.cornerCoordinate(face, 1, other);
      double c = scene.mesh.cornerCoordinate(face, 2, other);
      double beside = scene.random.nextInt(2) * scene.scale;
      origin[other] = other == axis ? a : a + share * (b - a) - beside;
      direction[other] = other == axis ? 0 : (b + c) / 2 - origin[other];
    }
    if (direction[0] == 0 && direction[1] == 0 && direction[2] == 0) {
      return;
    }
    RayHit hit = new RayHit();
    caster.nearest(
        origin[0], origin[1], origin[2], direction[0], direction[1], direction[2], 0.001, 100, hit);
    Pose12 pose = HostileScene.at(Pose12.IDENTITY, new Point3(origin[0], origin[1], origin[2]));
    ReferenceRays.Hit expected =
        definition.nearest(pose, new Point3(direction[0], direction[1], direction[2]), 0.001, 100);
    assertThat(hit.face())
        .as("seed %d face %d axis %d", seed, face, axis)
        .isEqualTo(expected.face());
    if (expected.face() != ReferenceRays.MISS_FACE) {
      assertThat(hit.t()).as("seed %d face %d axis %d", seed, face, axis).isEqualTo(expected.t());
    }
  }

  private static int compareView(HostileScene scene, ViewCaster caster, long seed) {
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
      ReferenceDepth reference, DepthRenderer renderer, ViewCaster caster, Pose12 pose, long seed) {
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
