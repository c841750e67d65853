package org.nbvrollouts.pipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TestFaceBox {
  private static final long SEED = 20_261_129L;
  private static final int CASES = 100_000;

  @Test
  void theGapIsTheLargerOfBothToTheBit() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES; i++) {
      double low = scaled(random);
      double high = Math.max(low, scaled(random));
      double coordinate = random.nextInt(8) == 0 ? low : scaled(random);
      double below = low - coordinate;
      double above = coordinate - high;

      assertThat(FaceBox.gap(below, above))
          .as("seed %d, case %d: %s and %s", SEED, i, below, above)
          .isEqualTo(Math.max(0.0, Math.max(below, above)));
    }
  }

  /** Of any magnitude that coordinates in float have, denormal ones as well. */
  private static double scaled(SplittableRandom random) {
    return (float) Math.scalb(random.nextDouble(-1, 1), random.nextInt(-148, 127));
  }
}
