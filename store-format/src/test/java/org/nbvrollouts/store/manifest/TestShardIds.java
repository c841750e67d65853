package org.nbvrollouts.store.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.store.error.RefusedInputException;

class TestShardIds {

  @ParameterizedTest
  @ValueSource(strings = {"7", "000007", "shard-7", "shard-000007"})
  void everyAllowedFormGivesTheSameId(String text) {
    assertThat(ShardIds.parse(text)).isEqualTo("shard-000007");
  }

  @Test
  void moreThanSixDigitsAreKept() {
    assertThat(ShardIds.parse("shard-1234567")).isEqualTo("shard-1234567");
    assertThat(ShardIds.ofNumber(1_234_567)).isEqualTo("shard-1234567");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shard-x", "x7", "-1", "", "../7", "shard-7/..", "shard-٧", " 7"})
  void anythingElseIsRefusedWithTheAllowedForms(String text) {
    assertThatThrownBy(() -> ShardIds.parse(text))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid shard id: "
                + text
                + " (expected digits, or 'shard-' and digits, such as 7 or shard-000007)");
  }
}
