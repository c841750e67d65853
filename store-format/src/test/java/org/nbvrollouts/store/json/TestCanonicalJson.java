package org.nbvrollouts.store.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TestCanonicalJson {

  @Test
  void mixedValueHasTheKnownManifestHash() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("b", List.of());
    value.put("a", Map.of());
    value.put("f", 1.0);
    value.put("g", 0.1);
    value.put("i", 3);
    value.put("t", true);
    value.put("n", null);
    value.put("u", "é😀");
    value.put("l", List.of(1L, 2));
    value.put("e", 1e-5);
    value.put("big", 1e16);
    value.put("s", "a/b\"\\\n");

    assertThat(CanonicalJson.manifestSha256(value))
        .isEqualTo("4203788577706a3e8d68bb73eb442f659d88eda3e0442170b204f4123090e49a");
    assertThat(CanonicalJson.line(value))
        .isEqualTo(
            "{\"a\": {}, \"b\": [], \"big\": 1e+16, \"e\": 1e-05, \"f\": 1.0, \"g\": 0.1, \"i\": 3,"
                + " \"l\": [1, 2], \"n\": null, \"s\": \"a/b\\\"\\\\\\n\", \"t\": true, \"u\":"
                + " \"\\u00e9\\ud83d\\ude00\"}");
  }

  @Test
  void manifestOfTheWorkedExampleSurvivesParsingByteForByte() throws IOException {
    byte[] bytes;
    try (InputStream in = getClass().getResourceAsStream("/manifest/worked-example.json")) {
      bytes = in.readAllBytes();
    }
    Object parsed = JsonParser.parse(bytes, "manifest.json");

    assertThat(CanonicalJson.pretty(parsed).getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
    assertThat(bytes).hasSize(4276);
    assertThat(CanonicalJson.manifestSha256(parsed))
        .isEqualTo("4ab74d978dcfba700011107534871ce125fa281901c52287ae1c45e4aebba6fb");
  }

  @Test
  void floatsHaveTheShortestDigitsInPythonLayout() {
    assertThat(CanonicalJson.line(Arrays.asList(1.0, 0.001, 0.0001, 123456.789, 1e15, 1e-5)))
        .isEqualTo("[1.0, 0.001, 0.0001, 123456.789, 1000000000000000.0, 1e-05]");
    assertThat(CanonicalJson.line(List.of(1.5e-7, 1e16, 1.2345678901234568e17, -0.0, 0.0)))
        .isEqualTo("[1.5e-07, 1e+16, 1.2345678901234568e+17, -0.0, 0.0]");
    assertThat(CanonicalJson.line(List.of(2e-323, Double.MIN_VALUE, Double.MAX_VALUE, 2.0e22)))
        .isEqualTo("[2e-323, 5e-324, 1.7976931348623157e+308, 2e+22]");
    assertThat(CanonicalJson.line(List.of(9007199254740992.0, 1e100, 0.1 + 0.2)))
        .isEqualTo("[9007199254740992.0, 1e+100, 0.30000000000000004]");
  }

  @Test
  void everyFloatReadsBackToItself() {
    long seed = 20260601L;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 5000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(JsonParser.parse(CanonicalJson.line(value), "text"))
            .as("seed %d, number %d", seed, i)
            .isEqualTo(value);
      }
    }
  }

  @Test
  void nonFiniteNumbersAreRefusedUnlessAskedFor() {
    assertThatThrownBy(() -> CanonicalJson.pretty(List.of(Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write JSON: number is not finite (value=NaN)");
    assertThat(
            CanonicalJson.prettyWithNonFinite(
                List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)))
        .isEqualTo("[\n  NaN,\n  Infinity,\n  -Infinity\n]");
  }

  @Test
  void keysAreOrderedByCodePoint() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("😀", 1);
    value.put("\uff5e", 2);
    value.put("b", 3);
    value.put("ab", 4);
    value.put("a", 5);

    assertThat(CanonicalJson.line(value))
        .isEqualTo("{\"a\": 5, \"ab\": 4, \"b\": 3, \"\\uff5e\": 2, \"\\ud83d\\ude00\": 1}");
    assertThat(CanonicalJson.rfc8785(value))
        .isEqualTo("{\"a\":5,\"ab\":4,\"b\":3,\"😀\":1,\"\uff5e\":2}");
  }

  @Test
  void codePointOrderAgreesWithComparingCodePoints() {
    List<String> texts =
        new ArrayList<>(List.of("\ud83d\ude00", "\uffee", "z", "", "zz", "é", "Z"));
    texts.sort(CanonicalJson.CODE_POINT_ORDER);

    assertThat(texts).containsExactly("", "Z", "z", "zz", "é", "\uffee", "\ud83d\ude00");
  }

  @Test
  void compactKeepsOrderAndCharacters() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("z", "é😀/\u0001\u007f");
    value.put("a", List.of(1, "x"));

    assertThat(CanonicalJson.compact(value))
        .isEqualTo("{\"z\":\"é😀/\\u0001\u007f\",\"a\":[1,\"x\"]}");
  }

  @Test
  void rfc8785NumbersFollowEcmaScript() {
    assertThat(
            CanonicalJson.rfc8785(
                List.of(1e21, 1e20, 1e-6, 1e-7, -0.0, 4.5, 2e-3, 333333333.3333333, 1e30, 1.0)))
        .isEqualTo(
            "[1e+21,100000000000000000000,0.000001,1e-7,0,4.5,0.002,333333333.3333333,1e+30,1]");
    assertThatThrownBy(() -> CanonicalJson.rfc8785(1L << 53))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot write JSON: integer beyond 2^53 - 1 has no canonical form, give it as text"
                + " (value=9007199254740992)");
  }

  @Test
  void foreignTypesKeysAndLoneSurrogatesAreRefused() {
    assertThatThrownBy(() -> CanonicalJson.pretty(1.0f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write JSON: unsupported type (type=java.lang.Float)");
    assertThatThrownBy(() -> CanonicalJson.pretty(Map.of(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write JSON: key is no text (key=1)");
    assertThatThrownBy(() -> CanonicalJson.compact("a\ud83d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write JSON: text has an unpaired surrogate (index=1)");
  }

  @Test
  void everyCharacterOutsidePrintableAsciiIsEscaped() {
    Map<Integer, String> named =
        Map.of(0x22, "\\\"", 0x5c, "\\\\", 8, "\\b", 9, "\\t", 10, "\\n", 12, "\\f", 13, "\\r");
    for (int c = 0; c <= 0xffff; c++) {
      String expected =
          named.getOrDefault(
              c,
              c >= 0x20 && c <= 0x7e
                  ? Character.toString(c)
                  : String.format(Locale.ROOT, "\\u%04x", c));
      assertThat(CanonicalJson.line(String.valueOf((char) c))).isEqualTo("\"" + expected + "\"");
    }
  }

  @Test
  void numbersOfFewDigitsAreWrittenWithThoseDigits() {
    long seed = 20260602L;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      int digits = 1 + random.nextInt(15);
      BigInteger unscaled = BigInteger.valueOf(random.nextLong((long) Math.pow(10, digits)));
      BigDecimal few = new BigDecimal(unscaled, random.nextInt(-290, 290));
      BigDecimal written = new BigDecimal(CanonicalJson.line(few.doubleValue()));
      assertThat(written.stripTrailingZeros())
          .as("seed %d, number %d", seed, i)
          .isEqualByComparingTo(few);
    }
  }

  @Test
  void valuesAreTheSameIfTheirTextsAre() {
    long seed = 20260603L;
    SplittableRandom random = new SplittableRandom(seed);
    int same = 0;
    for (int i = 0; i < 20_000; i++) {
      Object left = value(random, 3);
      Object right = value(random, 3);
      boolean isSameText = CanonicalJson.line(left).equals(CanonicalJson.line(right));
      assertThat(CanonicalJson.isSame(left, right))
          .as("seed %d, pair %d: %s and %s", seed, i, left, right)
          .isEqualTo(isSameText);
      same += isSameText ? 1 : 0;
    }
    assertThat(same).isBetween(500, 19_500);
  }

  /** One of few values, so that two of them are often the same. */
  private static Object value(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 8)) {
      case 0 -> random.nextBoolean() ? (Object) 1 : (Object) 1L;
      case 1 -> random.nextBoolean() ? (Object) BigInteger.ONE : (Object) 1.0;
      case 2 -> random.nextBoolean() ? 0.0 : -0.0;
      case 3 -> random.nextBoolean() ? "1" : "";
      case 4 -> random.nextBoolean();
      case 5 -> null;
      case 6 -> list(random, depth - 1);
      default -> map(random, depth - 1);
    };
  }

  private static List<Object> list(SplittableRandom random, int depth) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      list.add(value(random, depth));
    }
    return list;
  }

  private static Map<String, Object> map(SplittableRandom random, int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      map.put(random.nextBoolean() ? "a" : "b", value(random, depth));
    }
    return map;
  }

  @Test
  void integersKeepEveryDigit() {
    BigInteger big = new BigInteger("123456789012345678901234567890");

    assertThat(CanonicalJson.line(List.of(Long.MIN_VALUE, big)))
        .isEqualTo("[-9223372036854775808, 123456789012345678901234567890]");
  }
}
