package org.nbvrollouts.jobs.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestCount {
  @Test
  void oneThingIsNotSeveral() {
    assertThat(Count.of(0, "row")).isEqualTo("0 rows");
    assertThat(Count.of(1, "row")).isEqualTo("1 row");
    assertThat(Count.of(1500, "row")).isEqualTo("1,500 rows");
    assertThat(Count.of(1, "vertex", "vertices")).isEqualTo("1 vertex");
    assertThat(Count.of(2, "vertex", "vertices")).isEqualTo("2 vertices");
  }
}
