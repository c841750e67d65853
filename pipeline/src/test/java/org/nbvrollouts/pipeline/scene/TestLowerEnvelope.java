package org.nbvrollouts.pipeline.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestLowerEnvelope {
  private static final double FAR = 1e12;

  @Test
  void agreesWithTheDefinition() {
    SceneRandom random = new SceneRandom(3);
    for (int round = 0; round < 50; round++) {
      int count = 1 + random.below(40);
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = random.chance(0.3) ? random.below(20) : FAR;
      }
      double[] transformed = values.clone();
      new LowerEnvelope(count).transform(transformed, 0, 1, count);
      for (int p = 0; p < count; p++) {
        double least = Double.POSITIVE_INFINITY;
        for (int q = 0; q < count; q++) {
          least = Math.min(least, (double) (p - q) * (p - q) + values[q]);
        }
        assertThat(transformed[p])
            .as("seed 3, round %s, position %s", round, p)
            .isCloseTo(least, within(1e-9 * Math.max(1, least)));
      }
    }
  }
}
