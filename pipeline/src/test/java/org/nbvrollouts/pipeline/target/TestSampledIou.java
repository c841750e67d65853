package org.nbvrollouts.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Pose12;

class TestSampledIou {
  private final SampledIou overlap = new SampledIou(8);

  @Test
  void overlapsOfTheSpecificationAreReproduced() {
    JsonNode pairs = GoldenVectors.load("selection_and_rules").get("obb_iou");
    assertThat(pairs).hasSize(4);
    for (JsonNode pair : pairs) {
      WorldBox a = worldBox(pair.get("a"));
      WorldBox b = worldBox(pair.get("b"));
      double expected = pair.get("iou_sampled8").asDouble();
      // Bounds are stored in float32, which moves the last digits of the eight in the file.
      assertThat(overlap.compute(a, b).orElseThrow()).isCloseTo(expected, within(1e-6));
      assertThat(overlap.compute(b, a).orElseThrow()).isCloseTo(expected, within(1e-6));
      assertThat(overlap.countInside(a, b)).isEqualTo(pair.get("count_a_in_b").asInt());
      assertThat(overlap.countInside(b, a)).isEqualTo(pair.get("count_b_in_a").asInt());
    }
  }

  @Test
  void aBoxOverlapsItselfCompletely() {
    WorldBox box =
        new WorldBox(
            BoxFixtures.box(0, Pose12.IDENTITY, 0.31, 0.7, 0.02),
            new Pose12(0.6, -0.8, 0, 0.8, 0.6, 0, 0, 0, 1, 3, -2, 1));
    assertThat(overlap.compute(box, box).orElseThrow()).isEqualTo(1);
  }

  @Test
  void boxesTooThinToMeasureHaveNoOverlap() {
    WorldBox plate =
        new WorldBox(BoxFixtures.box(0, Pose12.IDENTITY, 0.5, 0.5, 4e-5), Pose12.IDENTITY);
    WorldBox cube =
        new WorldBox(BoxFixtures.box(1, Pose12.IDENTITY, 0.5, 0.5, 0.5), Pose12.IDENTITY);
    assertThat(overlap.compute(plate, cube)).isEmpty();
    assertThat(overlap.compute(cube, plate)).isEmpty();
    assertThat(overlap.compute(cube, cube)).hasValue(1);
  }

  @Test
  void boxesTooThinToMeasureAreComparedByTheirCentres() {
    WorldBox plate = new WorldBox(BoxFixtures.box(0, Pose12.IDENTITY, 1.5, 2, 0), Pose12.IDENTITY);
    WorldBox other =
        new WorldBox(BoxFixtures.box(1, Pose12.IDENTITY, 1.5, 2, 0), BoxFixtures.at(0, 0, 2.5));
    WorldBox far =
        new WorldBox(BoxFixtures.box(2, Pose12.IDENTITY, 1.5, 2, 0), BoxFixtures.at(30, 0, 0));
    // Both diagonals are 5 m.
    assertThat(overlap.computeOrEstimate(plate, other)).isEqualTo(0.75);
    assertThat(overlap.computeOrEstimate(plate, plate)).isEqualTo(1);
    assertThat(overlap.computeOrEstimate(plate, far)).isZero();
  }

  @Test
  void boxesThatCanBeMeasuredAreNeverEstimated() {
    WorldBox cube =
        new WorldBox(BoxFixtures.box(0, Pose12.IDENTITY, 0.5, 0.5, 0.5), Pose12.IDENTITY);
    WorldBox beside =
        new WorldBox(BoxFixtures.box(1, Pose12.IDENTITY, 0.5, 0.5, 0.5), BoxFixtures.at(1.1, 0, 0));
    assertThat(overlap.computeOrEstimate(cube, beside)).isZero();
  }

  private static WorldBox worldBox(JsonNode node) {
    double[] low = GoldenVectors.numbers(node.get("lo"));
    double[] high = GoldenVectors.numbers(node.get("hi"));
    float[] values = new float[OrientedBox.LENGTH];
    for (int axis = 0; axis < 3; axis++) {
      values[2 * axis] = (float) low[axis];
      values[2 * axis + 1] = (float) high[axis];
    }
    return new WorldBox(OrientedBox.of(values, 0, 0), GoldenVectors.pose(node.get("T")));
  }
}
