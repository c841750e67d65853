package org.nbvrollouts.store.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.error.InvalidContentException;

/**
 * Parses JSON to the value model of {@link CanonicalJson}.
 *
 * <p>Every integer becomes a {@code Long}, or a {@code BigInteger} if it does not fit; every number
 * with a point or exponent becomes a {@code Double}. Objects keep their key order. Maps and lists
 * are unmodifiable. Compare parsed values with given ones through their canonical text: {@code
 * Integer} 1 and {@code Long} 1 are not equal.
 *
 * <p>Refused with {@link InvalidContentException}, naming file, line and column: bytes that are not
 * UTF-8, a duplicate key, more than {@value #MAX_DEPTH} levels, a number that overflows to
 * infinity, anything after the value.
 */
public final class JsonParser {
  /** Deepest nesting that is read. */
  public static final int MAX_DEPTH = 64;

  private static final int MAX_STRING_CHARACTERS = 64 << 20;

  /** A list of empty objects takes so many bytes of memory for each of its own. */
  private static final int BYTES_PER_BYTE = 32;

  private static final int SHARE_OF_HEAP = 2;
  private static final JsonFactory FACTORY = factory(false);
  private static final JsonFactory NON_FINITE_FACTORY = factory(true);

  private final com.fasterxml.jackson.core.JsonParser tokens;
  private final Place place;
  private final Optional<Map<String, Integer>> keyLines;
  private int depth;

  /** A file or object, and the line of it that the text begins with. */
  private record Place(String name, int firstLine) {
    String at(JsonLocation location) {
      return location == null
          ? "file=%s, line=%d, column=0".formatted(name, firstLine)
          : "file=%s, line=%d, column=%d"
              .formatted(name, firstLine - 1 + location.getLineNr(), location.getColumnNr());
    }
  }

  private JsonParser(
      com.fasterxml.jackson.core.JsonParser tokens,
      Place place,
      Optional<Map<String, Integer>> keyLines) {
    this.tokens = tokens;
    this.place = place;
    this.keyLines = keyLines;
  }

  /**
   * Parses standard JSON.
   *
   * @param place file or object name for messages
   */
  public static Object parse(byte[] utf8, String place) {
    return parse(decode(utf8, place), place);
  }

  /** Parses standard JSON. */
  public static Object parse(String text, String place) {
    return parse(FACTORY, text, place);
  }

  /** As {@link #parse}, and refuses a value that is not an object. */
  public static Map<String, Object> parseObject(byte[] utf8, String place) {
    return requireObject(parse(utf8, place), place);
  }

  /** An object and the lines of its own keys, from 1, for messages about their values. */
  public record LocatedObject(Map<String, Object> fields, Map<String, Integer> lines) {
    public LocatedObject {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
      lines = Map.copyOf(lines);
    }
  }

  /** As {@link #parseObject}, and tells the lines of the keys. */
  public static LocatedObject parseLocatedObject(byte[] utf8, String place) {
    Map<String, Integer> lines = new HashMap<>();
    Object value = parse(FACTORY, decode(utf8, place), new Place(place, 1), Optional.of(lines));
    return new LocatedObject(requireObject(value, place), lines);
  }

  /** As {@link #parse}, and refuses a value that is not an object. */
  public static Map<String, Object> parseObject(String text, String place) {
    return requireObject(parse(text, place), place);
  }

  /**
   * Parses one line of a file of JSON lines, which must be an object.
   *
   * @param line number of the line in the file, from 1
   */
  public static Map<String, Object> parseLine(byte[] utf8, String file, int line) {
    String place = file + ", line=" + line;
    return requireObject(parse(FACTORY, decode(utf8, place), new Place(file, line)), place);
  }

  /** As {@link #parse}, and reads the words NaN, Infinity and -Infinity as numbers. */
  public static Object parseWithNonFinite(byte[] utf8, String place) {
    return parse(NON_FINITE_FACTORY, decode(utf8, place), place);
  }

  private static JsonFactory factory(boolean nonFinite) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH + 1)
                .maxStringLength(MAX_STRING_CHARACTERS)
                .build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, nonFinite)
        .build();
  }

  private static String decode(byte[] utf8, String place) {
    long most = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / BYTES_PER_BYTE;
    if (utf8.length > most) {
      throw new InvalidContentException(
          "Cannot read JSON: %d bytes (expected at most %d with this heap, file=%s)"
              .formatted(utf8.length, most, place));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidContentException("Invalid JSON: not UTF-8 (file=" + place + ")", e);
    }
  }

  private static Map<String, Object> requireObject(Object value, String place) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new InvalidContentException(
          "Invalid JSON: " + typeName(value) + " (expected an object, file=" + place + ")");
    }
    // This parser made the map.
    @SuppressWarnings("unchecked")
    Map<String, Object> object = (Map<String, Object>) map;
    return object;
  }

  private static String typeName(Object value) {
    if (value instanceof List<?>) {
      return "a list";
    }
    return value instanceof String ? "text" : String.valueOf(value);
  }

  private static Object parse(JsonFactory factory, String text, String place) {
    return parse(factory, text, new Place(place, 1));
  }

  private static Object parse(JsonFactory factory, String text, Place place) {
    return parse(factory, text, place, Optional.empty());
  }

  private static Object parse(
      JsonFactory factory, String text, Place place, Optional<Map<String, Integer>> keyLines) {
    try (com.fasterxml.jackson.core.JsonParser tokens = factory.createParser(text)) {
      JsonParser parser = new JsonParser(tokens, place, keyLines);
      tokens.nextToken();
      Object value = parser.value();
      if (tokens.nextToken() != null) {
        throw parser.invalid("content after the value", null);
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new InvalidContentException(
          "Invalid JSON: %s (%s)".formatted(reason(e), place.at(e.getLocation())), e);
    } catch (IOException e) {
      throw new InvalidContentException("Invalid JSON: unreadable (file=" + place.name() + ")", e);
    }
  }

  /** What the library says, without its own account of where an unclosed value began. */
  private static String reason(JsonProcessingException e) {
    return e.getOriginalMessage().replaceFirst(" \\(start marker at .*\\]\\)", "");
  }

  private Object value() throws IOException {
    JsonToken token = tokens.currentToken();
    if (token == null) {
      throw invalid("nothing there", null);
    }
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> tokens.getText();
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw invalid("unexpected " + token, null);
    };
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw invalid("more than " + MAX_DEPTH + " levels", null);
    }
  }

  private Map<String, Object> object() throws IOException {
    enter();
    Map<String, Object> object = new LinkedHashMap<>();
    while (tokens.nextToken() == JsonToken.FIELD_NAME) {
      String key = tokens.currentName();
      if (depth == 1 && keyLines.isPresent()) {
        keyLines.get().put(key, tokens.currentTokenLocation().getLineNr());
      }
      tokens.nextToken();
      object.put(key, value());
    }
    depth--;
    return Collections.unmodifiableMap(object);
  }

  private List<Object> array() throws IOException {
    enter();
    List<Object> items = new ArrayList<>();
    while (tokens.nextToken() != JsonToken.END_ARRAY) {
      items.add(value());
    }
    depth--;
    return Collections.unmodifiableList(items);
  }

  private Object integer() throws IOException {
    if (tokens.getNumberType() != NumberType.BIG_INTEGER) {
      return tokens.getLongValue();
    }
    BigInteger exact = tokens.getBigIntegerValue();
    return exact.bitLength() < Long.SIZE ? (Object) exact.longValue() : exact;
  }

  private Double number() throws IOException {
    String text = tokens.getText();
    double value =
        switch (text) {
          case "NaN" -> Double.NaN;
          case "Infinity" -> Double.POSITIVE_INFINITY;
          case "-Infinity" -> Double.NEGATIVE_INFINITY;
          default -> parseFinite(text);
        };
    return value;
  }

  private double parseFinite(String text) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw invalid("no number: " + text, e);
    }
    if (!Double.isFinite(value)) {
      throw invalid("number out of range: " + text, null);
    }
    return value;
  }

  private InvalidContentException invalid(String what, Throwable cause) {
    return new InvalidContentException(
        "Invalid JSON: %s (%s)".formatted(what, place.at(tokens.currentTokenLocation())), cause);
  }
}
