package org.nbvrollouts.store.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.InvalidContentException;

class TestJsonParser {

  @Test
  void integersAndFloatsStayDistinct() {
    assertThat(JsonParser.parse("[1, 1.0, 1e2, -0, 123456789012345678901]", "x"))
        .isEqualTo(List.of(1L, 1.0, 100.0, 0L, new BigInteger("123456789012345678901")));
  }

  @Test
  void literalsAndTextAreRead() {
    assertThat(JsonParser.parse("[true,false,null,\"\\ud83d\\ude00\\u00e9/\"]", "x"))
        .isEqualTo(Arrays.asList(true, false, null, "😀é/"));
  }

  @Test
  void nonFiniteWordsAreReadOnlyWhenAskedFor() {
    byte[] text = "[NaN, Infinity, -Infinity]".getBytes(StandardCharsets.UTF_8);

    assertThat(JsonParser.parseWithNonFinite(text, "x"))
        .isEqualTo(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    assertThatThrownBy(() -> JsonParser.parse(text, "manifest.json"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("Invalid JSON: Non-standard token 'NaN'")
        .hasMessageEndingWith("(file=manifest.json, line=1, column=5)");
  }

  @Test
  void whatIsNoObjectIsNamedInWords() {
    for (String[] value : new String[][] {{"[1]", "a list"}, {"\"x\"", "text"}, {"7", "7"}}) {
      assertThatThrownBy(() -> JsonParser.parseObject(value[0], "x"))
          .isInstanceOf(InvalidContentException.class)
          .hasMessage("Invalid JSON: " + value[1] + " (expected an object, file=x)");
    }
  }

  @Test
  void otherSpellingsOfNonFiniteNumbersAreRefused() {
    byte[] text = "[-INF]".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> JsonParser.parseWithNonFinite(text, "x"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("Invalid JSON: no number: -INF (file=x, line=1, column=2)");
  }

  @Test
  void theLinesOfTheOwnKeysOfAnObjectAreTold() {
    byte[] json =
        "{\"a\": 1,\n \"b\":\n {\"a\": 2,\n \"c\": 3}, \"d\": 4}".getBytes(StandardCharsets.UTF_8);
    JsonParser.LocatedObject object = JsonParser.parseLocatedObject(json, "x");
    assertThat(object.fields()).isEqualTo(JsonParser.parseObject(json, "x"));
    assertThat(object.lines()).isEqualTo(Map.of("a", 1, "b", 2, "d", 4));
  }

  @Test
  void overflowingNumbersAreRefused() {
    assertThatThrownBy(() -> JsonParser.parse("{\"a\":\n 1e400}", "x"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("Invalid JSON: number out of range: 1e400 (file=x, line=2, column=2)");
  }

  @Test
  void duplicateKeysAreRefused() {
    assertThatThrownBy(() -> JsonParser.parse("{\"a\":1,\n\"a\":2}", "owner.json"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("Invalid JSON: Duplicate field 'a' (file=owner.json, line=2, column=4)");
  }

  @Test
  void deepNestingIsRefused() {
    String text = "[".repeat(JsonParser.MAX_DEPTH + 1) + "]".repeat(JsonParser.MAX_DEPTH + 1);

    assertThatThrownBy(() -> JsonParser.parse(text, "x"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("Invalid JSON: more than 64 levels (file=x, line=1, column=65)");
  }

  @Test
  void truncatedEmptyAndTrailingContentIsRefused() {
    assertThatThrownBy(() -> JsonParser.parse("{\"a\": [1,", "x"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("Invalid JSON: ")
        .hasMessageContaining("(file=x, line=1, column=");
    assertThatThrownBy(() -> JsonParser.parse(" ", "x"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("Invalid JSON: nothing there (file=x");
    assertThatThrownBy(() -> JsonParser.parse("{} {}", "x"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("Invalid JSON: content after the value (file=x, line=1, column=4)");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    assertThatThrownBy(() -> JsonParser.parse(new byte[] {'"', (byte) 0xff, '"'}, "x"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("Invalid JSON: not UTF-8 (file=x)");
  }

  @Test
  void anObjectCanBeDemanded() {
    assertThat(JsonParser.parseObject("{\"k\": null}", "x")).containsEntry("k", null);
    assertThatThrownBy(() -> JsonParser.parseObject("[1]".getBytes(StandardCharsets.UTF_8), "x"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("(expected an object, file=x)");
    assertThat(Map.copyOf(JsonParser.parseObject("{}", "x"))).isEmpty();
  }

  @Test
  void anUnclosedValueIsToldWithoutTheLibrarysAccountOfIt() {
    assertThatThrownBy(() -> JsonParser.parse("{\"a\": [1", "file.json"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage(
            "Invalid JSON: Unexpected end-of-input: expected close marker for Array"
                + " (file=file.json, line=1, column=9)");
  }
}
