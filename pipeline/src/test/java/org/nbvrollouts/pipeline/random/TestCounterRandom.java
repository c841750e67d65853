package org.nbvrollouts.pipeline.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.VectorCheck;

class TestCounterRandom {

  @Test
  void everyNumberOfTheStreamsIsReproduced() {
    VectorCheck check = VectorCheck.of("rng_and_tessellation", "splitmix64");
    for (JsonNode stream : check.golden().get("streams")) {
      CounterRandom random = new CounterRandom(stream.get("seed").asLong());
      JsonNode expected = stream.get("first_doubles");
      double[] first = IntStream.range(0, expected.size()).mapToDouble(random::doubleAt).toArray();
      check.numbers("first_doubles", first, expected, 1e-12);
    }
    check.everythingCompared(24, "rule", "streams/seed");
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
