package org.nbvrollouts.pipeline.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.VectorCheck;

class TestStateKeyedSeeds {

  @Test
  void everySeedOfTheSpecificationIsReproduced() {
    VectorCheck check = VectorCheck.of("selection_and_rules", "seeds");
    for (JsonNode seed : check.golden()) {
      String json = seed.get("json").asText();
      check.same(json, StateKeyedSeeds.ofJson(json), seed.get("seed").asLong());
    }
    check.everythingCompared(7, "json");
  }

  @Test
  void partsGiveTheSeedOfTheirJsonText() {
    assertThat(StateKeyedSeeds.derive("proposal", 0, List.of(17, 42), 0)).isEqualTo(2_883_054_358L);
    assertThat(StateKeyedSeeds.derive("selection", 0L, List.of())).isEqualTo(1_745_607_294L);
    assertThat(StateKeyedSeeds.component(123, "forward_local")).isEqualTo(1_601_507_201L);
  }

  @Test
  void proposalKnowsTheRowAndNotTheRecipe() {
    assertThat(StateKeyedSeeds.proposal(3, "row", "box", List.of(7), 1))
        .isEqualTo(StateKeyedSeeds.ofJson("[\"proposal\",3,\"row\",\"box\",[7],1]"));
    assertThat(StateKeyedSeeds.selection(3, "greedy", "row", "box", List.of(7)))
        .isEqualTo(StateKeyedSeeds.ofJson("[\"selection\",3,\"greedy\",\"row\",\"box\",[7]]"));
  }

  @Test
  void textIsEscapedToAscii() {
    assertThat(StateKeyedSeeds.compactJson(List.of("a\"b\\c/\n\u007f\u00fc\ud83d\ude00")))
        .isEqualTo("[\"a\\\"b\\\\c/\\n\\u007f\\u00fc\\ud83d\\ude00\"]");
    assertThat(StateKeyedSeeds.compactJson(List.of("\b\t\f\r\u0001")))
        .isEqualTo("[\"\\b\\t\\f\\r\\u0001\"]");
  }

  @Test
  void fractionsAreRefused() {
    assertThatThrownBy(() -> StateKeyedSeeds.derive("recipe", 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid seed part: 0.5 (expected text, integers or lists of these)");
  }
}
