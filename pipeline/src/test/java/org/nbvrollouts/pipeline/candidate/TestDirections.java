package org.nbvrollouts.pipeline.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.store.schema.PositionFamily;

class TestDirections {
  private static final JsonNode SAMPLING =
      GoldenVectors.load("frames_and_candidates").get("sampling");
  private static final SamplingFrame FRAME =
      SamplingFrame.gravityAligned(GoldenVectors.pose(SAMPLING.get("sampling_pose")));

  @Test
  void drawsOfTheSpecificationAreReproduced() {
    JsonNode caps = SAMPLING.get("config");
    double kappa = caps.get("kappa").asDouble();
    DirectionSampler sampler =
        new DirectionSampler(
            new ShellConfig(
                0,
                2,
                caps.get("min_elev_deg").asDouble(),
                caps.get("max_elev_deg").asDouble(),
                caps.get("azimuth_width_deg").asDouble(),
                DirectionSampling.FORWARD_POWERSPHERICAL,
                kappa));
    Vector3 bearing = FamilyDirections.bearing(FRAME.toLocal(vector(SAMPLING.get("target_world"))));
    assertThat(SAMPLING.get("rows")).hasSize(4);
    for (JsonNode row : SAMPLING.get("rows")) {
      double u1 = row.get("u").asDouble();
      double u2 = row.get("phi").asDouble() / (2 * Math.PI);
      assertVector(
          DirectionSampler.raw(DirectionSampling.FORWARD_POWERSPHERICAL, kappa, u1, u2),
          row.get("raw_dir"));
      Vector3 capped = sampler.sample(u1, u2);
      assertVector(capped, row.get("capped_dir"));
      assertThat(row.get("modes")).hasSize(6);
      for (Map.Entry<String, JsonNode> mode : row.get("modes").properties()) {
        Vector3 direction =
            FamilyDirections.direction(PositionFamily.ofKey(mode.getKey()), capped, bearing);
        Vector3 offset = direction.times(row.get("radius_m").asDouble());
        assertVector(direction, mode.getValue().get("dir"));
        assertVector(offset, mode.getValue().get("offset_ref"));
        assertVector(FRAME.toWorld(offset), mode.getValue().get("center_world"));
      }
    }
  }

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

  static void assertVector(Vector3 actual, JsonNode expected) {
    assertThat(new double[] {actual.x(), actual.y(), actual.z()})
        .containsExactly(GoldenVectors.numbers(expected), within(GoldenVectors.TOLERANCE));
  }
}
