package org.nbvrollouts.pipeline.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.store.schema.ViewStrategy;

class TestViewDirections {
  private static final JsonNode VECTORS =
      GoldenVectors.load("frames_and_candidates").get("orientation");
  private static final SamplingFrame FRAME =
      SamplingFrame.gravityAligned(GoldenVectors.pose(VECTORS.get("reference")));

  @Test
  void verticalAndEmptyViewDirectionsFallBackToRotations() {
    Vector3 origin = FRAME.originWorld();
    Vector3 up = origin.plus(new Vector3(0, 0, 0.7));
    for (ViewStrategy strategy : ViewStrategy.values()) {
      for (Vector3 target : new Vector3[] {up.plus(new Vector3(1e-9, 0, 2)), up, origin}) {
        for (Vector3 centre : new Vector3[] {up, origin}) {
          TestSamplingFrame.assertOrthonormal(
              ViewDirections.axes(strategy, FRAME, centre, Optional.of(target)),
              strategy + " from " + centre + " to " + target);
        }
      }
    }
    Rotation3 straightUp =
        ViewDirections.axes(
            ViewStrategy.TARGET_POINT, FRAME, origin, Optional.of(origin.plus(Vector3.UNIT_Z)));
    assertThat(straightUp.x()).isEqualTo(Vector3.UNIT_X);
    assertThat(straightUp.z()).isEqualTo(Vector3.UNIT_Z);
  }

  @Test
  void jitterStaysInsideItsCapsAndVanishesWithThem() {
    ViewJitterConfig caps =
        new ViewJitterConfig(
            20,
            OptionalDouble.of(60),
            OptionalDouble.empty(),
            5,
            Optional.empty(),
            OptionalDouble.empty());
    for (int i = 0; i <= 10; i++) {
      ViewJitter jitter = ViewJitter.sample(caps, 8, i / 10.0, 1 - i / 10.0, i / 10.0);
      assertThat(Math.abs(Math.toDegrees(jitter.yawRad()))).isLessThanOrEqualTo(60 + 1e-9);
      assertThat(Math.abs(Math.toDegrees(jitter.pitchRad()))).isLessThanOrEqualTo(20 + 1e-9);
      assertThat(Math.abs(Math.toDegrees(jitter.rollRad()))).isLessThanOrEqualTo(5 + 1e-9);
    }
    ViewJitter none = ViewJitter.sample(ViewJitterConfig.none(), 8, 0.3, 0.7, 0.9);
    assertThat(none).isEqualTo(ViewJitter.NONE);
    assertThat(none.applyTo(FRAME.axes())).isSameAs(FRAME.axes());
  }

  @Test
  void aViewSamplerIsReadOffAsYawAndPitch() {
    ViewJitterConfig sampler =
        new ViewJitterConfig(
            0,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            0,
            Optional.of(DirectionSampling.FORWARD_POWERSPHERICAL),
            OptionalDouble.of(8));
    ViewJitter jitter = ViewJitter.sample(sampler, 1, 0.37, 0.2 / (2 * Math.PI), 0.5);
    Vector3 forward = jitter.rotation().z();
    assertThat(forward.x()).isCloseTo(0.5998461, within(GoldenVectors.TOLERANCE));
    assertThat(forward.y()).isCloseTo(0.12159482, within(GoldenVectors.TOLERANCE));
    assertThat(forward.z()).isCloseTo(0.79082195, within(GoldenVectors.TOLERANCE));
  }
}
