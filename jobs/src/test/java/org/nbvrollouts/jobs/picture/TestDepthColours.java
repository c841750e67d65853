package org.nbvrollouts.jobs.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestDepthColours {
  @Test
  void fartherIsDarker() {
    double last = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= 100; i++) {
      double lightness = lightness(DepthColours.of(1 + 0.04 * i, 1, 5));
      assertThat(lightness).as("depth %.2f", 1 + 0.04 * i).isLessThanOrEqualTo(last);
      last = lightness;
    }
  }

  @Test
  void valuesOutsideTheRangeAndARangeOfOneValueAreClamped() {
    assertThat(DepthColours.of(0.5, 1, 5)).isEqualTo(DepthColours.of(1, 1, 5));
    assertThat(DepthColours.of(9, 1, 5)).isEqualTo(DepthColours.of(5, 1, 5));
    assertThat(DepthColours.of(2, 2, 2)).isEqualTo(DepthColours.of(1, 1, 5));
  }

  private static double lightness(int colour) {
    return 0.2126 * (colour >> 16 & 255) + 0.7152 * (colour >> 8 & 255) + 0.0722 * (colour & 255);
  }
}
