package org.nbvrollouts.jobs.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestDurations {
  @Test
  void unitsFollowTheLength() {
    assertThat(Durations.words(4_240)).isEqualTo("4.2 s");
    assertThat(Durations.words(200_000)).isEqualTo("3 min 20 s");
    assertThat(Durations.words(18_600_000)).isEqualTo("5 h 10 min");
  }
}
