package org.nbvrollouts.jobs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestGrowth {
  @Test
  void theExponentOfAPowerLawIsFound() {
    List<Double> sizes = List.of(20_000.0, 60_000.0, 1_000_000.0);
    List<Double> times = sizes.stream().map(size -> 0.3 * Math.pow(size, 0.7)).toList();
    assertThat(Growth.exponent(sizes, times).orElseThrow()).isCloseTo(0.7, within(1e-12));
  }

  @Test
  void timesTooShortToMeasureHaveNoExponent() {
    assertThat(Growth.exponent(List.of(1.0, 2.0), List.of(4.0, 100.0))).isEmpty();
  }

  @Test
  void onePointOrOneSizeHasNoExponent() {
    assertThat(Growth.exponent(List.of(1.0), List.of(10.0))).isEmpty();
    assertThat(Growth.exponent(List.of(3.0, 3.0), List.of(10.0, 20.0))).isEmpty();
  }
}
