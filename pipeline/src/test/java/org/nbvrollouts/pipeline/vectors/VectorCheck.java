package org.nbvrollouts.pipeline.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Compares computed values with golden ones and counts them, so that none is passed over. */
public final class VectorCheck {
  private int count;

  /** Compares one number. */
  public void number(String place, double actual, JsonNode expected) {
    assertThat(expected.isNumber()).as(place).isTrue();
    assertThat(actual).as(place).isCloseTo(expected.asDouble(), within(GoldenVectors.TOLERANCE));
    count++;
  }

  /** Compares numbers with a list, or row by row with a list of lists. */
  public void numbers(String place, double[] actual, JsonNode expected) {
    int before = count;
    int i = 0;
    for (JsonNode element : expected) {
      for (JsonNode leaf : element.isArray() ? element : List.of(element)) {
        number(place + "[" + i + "]", actual[i++], leaf);
      }
    }
    assertThat(count - before).as(place).isEqualTo(actual.length);
  }

  /** Compares anything else. */
  public void same(String place, Object actual, Object expected) {
    assertThat(actual).as(place).isEqualTo(expected);
    count++;
  }

  /** Comparisons so far. */
  public int count() {
    return count;
  }
}
