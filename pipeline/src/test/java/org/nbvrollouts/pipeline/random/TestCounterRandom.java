package org.nbvrollouts.pipeline.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;

class TestCounterRandom {

  @Test
  void streamsOfTheSpecificationAreReproduced() {
    JsonNode streams = GoldenVectors.load("rng_and_tessellation").get("splitmix64").get("streams");
    assertThat(streams).hasSize(4);
    int compared = 0;
    for (JsonNode stream : streams) {
      CounterRandom random = new CounterRandom(stream.get("seed").asLong());
      double[] expected = GoldenVectors.numbers(stream.get("first_doubles"));
      for (int k = 0; k < expected.length; k++) {
        assertThat(random.doubleAt(k)).isCloseTo(expected[k], within(1e-12));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(24);
  }

  @Test
  void randomAccessEqualsTheSplittableRandomOfTheJdk() {
    for (long seed : new long[] {0, 1, 1_601_507_201L, 0xFFFF_FFFFL, -7, Long.MIN_VALUE}) {
      SplittableRandom reference = new SplittableRandom(seed);
      CounterRandom random = new CounterRandom(seed);
      for (int k = 0; k < 1000; k++) {
        assertThat(random.doubleAt(k))
            .as("seed %d, k %d", seed, k)
            .isEqualTo(reference.nextDouble());
      }
    }
  }

  @Test
  void everyStreamStartsAtTheFirstNumber() {
    CounterRandom random = new CounterRandom(42);
    DoubleSupplier first = random.stream();
    assertThat(first.getAsDouble()).isEqualTo(random.doubleAt(0));
    assertThat(first.getAsDouble()).isEqualTo(random.doubleAt(1));
    assertThat(random.stream().getAsDouble()).isEqualTo(random.doubleAt(0));
  }
}
