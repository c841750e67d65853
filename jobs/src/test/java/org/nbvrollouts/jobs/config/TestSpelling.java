package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestSpelling {
  @Test
  void distanceCountsInsertionsDeletionsAndReplacements() {
    assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Spelling.distance("", "abc")).isEqualTo(3);
    assertThat(Spelling.distance("abc", "abc")).isZero();
  }

  @Test
  void nothingIsSuggestedForAStrangeWord() {
    assertThat(Spelling.closest("colour", List.of("seed", "recipes[].name"))).isEmpty();
    assertThat(Spelling.closest("x", List.of("k"))).isEmpty();
  }

  @Test
  void theSameTableWinsAmongEqualNames() {
    assertThat(Spelling.closest("a.seeds", List.of("a.seed", "b.seeds"))).hasValue("a.seed");
    assertThat(Spelling.closest("a.max_far", List.of("a.min_far", "b.max_far")))
        .hasValue("b.max_far");
    assertThat(Spelling.closest("a.far", List.of("a.min_far", "a.max_far", "b.far")))
        .hasValue("b.far");
    assertThat(Spelling.closest("b.sed", List.of("a.seed", "b.seed"))).hasValue("b.seed");
  }
}
