package org.nbvrollouts.jobs.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One number or word of an explanation. Stored numbers are compared as the store holds them:
 * float32, missing numbers equal to each other.
 *
 * @param key name in JSON, the column where there is one
 * @param words name for people
 * @param value as generated again: a text, a truth value, a whole number or a double
 * @param unit empty for numbers without one
 * @param stored what the store holds, empty if it has no such column
 */
record Fact(String key, String words, Object value, String unit, Optional<Object> stored) {

  static Fact of(String key, String words, Object value) {
    return new Fact(key, words, value, "", Optional.empty());
  }

  static Fact of(String key, String words, double value, String unit) {
    return new Fact(key, words, value, unit, Optional.empty());
  }

  Fact beside(Object storedValue) {
    return new Fact(key, words, value, unit, Optional.of(storedValue));
  }

  /** True if the store holds something else. */
  boolean differs() {
    return stored.isPresent() && !isSame(value, stored.get());
  }

  private static boolean isSame(Object value, Object stored) {
    if (value instanceof Double real && stored instanceof Double kept) {
      float a = real.floatValue();
      float b = kept.floatValue();
      return a == b || (Float.isNaN(a) && Float.isNaN(b));
    }
    if (value instanceof Number whole && stored instanceof Number kept) {
      return whole.longValue() == kept.longValue();
    }
    return value.equals(stored);
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("value", Numbers.json(value));
    if (!unit.isEmpty()) {
      json.put("unit", unit);
    }
    stored.ifPresent(
        kept -> {
          json.put("stored", Numbers.json(kept));
          json.put("equal", !differs());
        });
    return json;
  }

  /** The value for people; one that has a stored counterpart as float32. */
  String text() {
    return value instanceof Double real && stored.isPresent()
        ? Numbers.text((double) real.floatValue())
        : Numbers.text(value);
  }

  String storedText() {
    return stored.map(Numbers::text).orElse("");
  }
}
