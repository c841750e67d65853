package org.nbvrollouts.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TestTolerance {

  @Test
  void floatAcceptsItsNeighboursAndNoMore() {
    double value = 0.1;
    float stored = (float) value;
    assertThat(Tolerance.FLOAT.isMet(stored, value)).isTrue();
    assertThat(Tolerance.FLOAT.isMet(Math.nextUp(stored), value)).isTrue();
    assertThat(Tolerance.FLOAT.isMet(Math.nextDown(stored), value)).isTrue();
    assertThat(Tolerance.FLOAT.isMet(Math.nextUp(Math.nextUp(stored)), value)).isFalse();
    assertThat(Tolerance.FLOAT.isMet(Float.MIN_VALUE, -Float.MIN_VALUE)).isFalse();
    assertThat(Tolerance.FLOAT.isMet(Float.MIN_VALUE, -0.0)).isTrue();
    assertThat(Tolerance.FLOAT.isMet(0.0, -0.0)).isTrue();
  }

  @Test
  void gainAcceptsTheRoundingOfErrorsNearNothing() {
    assertThat(Tolerance.GAIN.isMet(0, 9e-10)).isTrue();
    assertThat(Tolerance.GAIN.isMet(0, -2e-9)).isFalse();
    assertThat(Tolerance.FLOAT.isMet(0, 9e-10)).isFalse();
  }

  @Test
  void halfAcceptsItsNeighboursAndNoMore() {
    double ulp = 0x1p-10;
    assertThat(Tolerance.HALF.isMet(1 + ulp, 1)).isTrue();
    assertThat(Tolerance.HALF.isMet(1 + 2 * ulp, 1)).isFalse();
    assertThat(Tolerance.HALF.isMet(0, 1)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Tolerance.class)
  void whatIsNotFiniteMustBeTheSame(Tolerance tolerance) {
    assertThat(tolerance.isMet(Double.NaN, Double.NaN)).isTrue();
    assertThat(tolerance.isMet(Double.NaN, 0)).isFalse();
    assertThat(tolerance.isMet(0, Double.NaN)).isFalse();
    assertThat(tolerance.isMet(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY)).isTrue();
    assertThat(tolerance.isMet(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)).isFalse();
    assertThat(tolerance.isMet(Float.MAX_VALUE, Double.POSITIVE_INFINITY)).isFalse();
  }
}
