package org.nbvrollouts.pipeline.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.store.schema.PositionFamily;

class TestDirections {

  @Test
  void cappedDirectionsStayInsideTheCaps() {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    for (DirectionSampling sampling : DirectionSampling.values()) {
      for (double width : new double[] {1, 120, 359.9995, 360}) {
        DirectionSampler sampler =
            new DirectionSampler(new ShellConfig(0.5, 1, -12, 18, width, sampling, 2));
        for (int i = 0; i < 500; i++) {
          Vector3 d = sampler.sample(random.nextDouble(), random.nextDouble());
          String place = "seed " + seed + ", " + sampling + ", width " + width + ", draw " + i;
          assertThat(d.norm()).as(place).isCloseTo(1, within(1e-12));
          assertThat(Math.toDegrees(Math.asin(d.y()))).as(place).isBetween(-12 - 1e-9, 18 + 1e-9);
          assertThat(Math.abs(Math.toDegrees(Math.atan2(d.x(), d.z()))))
              .as(place)
              .isLessThanOrEqualTo(width / 2 + 1e-9);
        }
      }
    }
  }

  @Test
  void verticalDrawsHaveADirectionEvenWithoutAzimuthScaling() {
    DirectionSampler sampler =
        new DirectionSampler(
            new ShellConfig(0.5, 1, -12, 18, 360, DirectionSampling.UNIFORM_SPHERE, 0));
    Vector3 d = sampler.capped(Vector3.UNIT_Y);
    assertThat(d.x()).isZero();
    assertThat(d.z()).isCloseTo(Math.cos(Math.toRadians(18)), within(1e-12));
  }

  @Test
  void targetsStraightAboveOrAtTheReferenceStillGiveDirections() {
    Vector3 above = FamilyDirections.bearing(new Vector3(0, 2, 0));
    Vector3 here = FamilyDirections.bearing(new Vector3(0, 0, 1e-7));
    assertThat(here).isEqualTo(Vector3.UNIT_Z);
    for (PositionFamily family : PositionFamily.values()) {
      if (family != PositionFamily.TARGET_ORBIT) {
        for (Vector3 bearing : new Vector3[] {above, here}) {
          Vector3 d = FamilyDirections.direction(family, new Vector3(-0.6, 0, 0.8), bearing);
          assertThat(d.norm()).as("%s towards %s", family, bearing).isCloseTo(1, within(1e-12));
        }
      }
    }
    assertThat(
            FamilyDirections.direction(
                    PositionFamily.LATERAL_TARGET_BYPASS, new Vector3(-0.6, 0, 0.8), above)
                .x())
        .isNegative();
  }

  static Vector3 vector(JsonNode array) {
    double[] values = GoldenVectors.numbers(array);
    return new Vector3(values[0], values[1], values[2]);
  }
}
