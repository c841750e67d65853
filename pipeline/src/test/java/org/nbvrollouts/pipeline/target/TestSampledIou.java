package org.nbvrollouts.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.source.Pose12;

class TestSampledIou {
  private final SampledIou overlap = new SampledIou(8);

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
}
