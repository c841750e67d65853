package org.nbvrollouts.pipeline.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.store.source.Pose12;

class TestSamplingFrame {
  private static final JsonNode FRAMES = GoldenVectors.load("frames_and_candidates").get("frames");

  @Test
  void camerasThatLookUpOrDownKeepTheirLeftAxis() {
    assertThat(FRAMES.get("degenerate")).hasSize(2);
    for (JsonNode example : FRAMES.get("degenerate")) {
      assertPose(
          aligned(GoldenVectors.pose(example.get("input"))),
          GoldenVectors.pose(example.get("output")));
    }
    Pose12 lookingDown = new Pose12(1, 0, 0, 0, -1, 0, 0, 0, -1, 0, 0, 2);
    assertPose(aligned(lookingDown), new Pose12(1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 2));
  }

  @Test
  void alignedFramesAreLevelRotationsWithTheHeadingOfTheCamera() {
    long seed = 4;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      Vector3 forward =
          DirectionSampler.raw(
              DirectionSampling.UNIFORM_SPHERE, 0, random.nextDouble(), random.nextDouble());
      ViewJitter roll = new ViewJitter(0, 0, 6 * random.nextDouble());
      Pose12 camera = roll.applyTo(ViewAxes.level(forward)).at(new Vector3(1, 2, 3));
      Rotation3 axes = SamplingFrame.gravityAligned(camera).axes();
      assertOrthonormal(axes, "seed " + seed + ", round " + i);
      assertThat(axes.y().z()).isCloseTo(1, within(1e-12));
      Vector3 heading = SamplingFrame.horizontal(forward);
      assertThat(axes.z().dot(heading)).isCloseTo(heading.norm(), within(1e-12));
    }
  }

  static void assertOrthonormal(Rotation3 axes, String description) {
    assertThat(axes.x().norm()).as(description).isCloseTo(1, within(1e-9));
    assertThat(axes.y().norm()).as(description).isCloseTo(1, within(1e-9));
    assertThat(axes.z().norm()).as(description).isCloseTo(1, within(1e-9));
    assertThat(axes.x().cross(axes.y()).dot(axes.z())).as(description).isCloseTo(1, within(1e-9));
  }

  static void assertPose(Pose12 actual, Pose12 expected) {
    assertThat(actual.toArray())
        .containsExactly(expected.toArray(), within(GoldenVectors.TOLERANCE));
  }

  private static Pose12 aligned(Pose12 camera) {
    SamplingFrame frame = SamplingFrame.gravityAligned(camera);
    return frame.axes().at(frame.originWorld());
  }
}
