package org.nbvrollouts.jobs.config;

import java.util.ArrayList;
import java.util.List;

/** Values of a key that must be refused, and the ends of what must be accepted. */
final class SweepValues {
  private SweepValues() {}

  /** Values of every other type, and values just beyond the range. */
  static List<String> wrong(ConfigKey key) {
    List<String> values = new ArrayList<>(List.of("[[true]]", "1979-05-27"));
    ConfigType type = key.value();
    values.addAll(
        switch (type) {
          case INTEGER, LONG -> List.of("\"1\"", "1.5", "true", "nan", "inf", "[1]");
          case NUMBER -> List.of("\"1\"", "true", "nan", "+nan", "inf", "-inf", "[1.0]");
          case FLAG -> List.of("\"true\"", "1", "0.0", "[true]");
          case TEXT -> List.of("1", "true", "0.5", "[\"a\"]");
          case INTEGERS -> List.of("1", "[1.5]", "[\"1\"]", "[nan]", "\"1\"");
          case NUMBERS -> List.of("0.5", "[\"1\"]", "[nan]", "[inf]", "true");
          case ANY -> List.of();
        });
    boolean isList = type == ConfigType.INTEGERS || type == ConfigType.NUMBERS;
    beyondEnds(key).forEach(value -> values.add(isList ? "[" + value + "]" : value));
    if (!key.range().choices().isEmpty() && type == ConfigType.TEXT) {
      values.addAll(List.of("\"\"", "\"" + key.range().choices().get(0) + "x\""));
    }
    if (key.presence() != ConfigKey.Presence.OPTIONAL && type != ConfigType.TEXT) {
      values.add("\"none\"");
    }
    return values;
  }

  private static List<String> beyondEnds(ConfigKey key) {
    ValueRange range = key.range();
    List<String> values = new ArrayList<>();
    if (key.value() == ConfigType.INTEGER || key.value() == ConfigType.INTEGERS) {
      values.addAll(List.of("2147483648", "-2147483649"));
    }
    if (range.least() != Double.NEGATIVE_INFINITY) {
      double below = range.leastAllowed() ? Math.nextDown(range.least()) : range.least();
      values.add(isInteger(key) ? Long.toString((long) range.least() - 1) : Double.toString(below));
    }
    if (range.most() != Double.POSITIVE_INFINITY) {
      double above = Math.nextUp(range.most());
      values.add(isInteger(key) ? Long.toString((long) range.most() + 1) : Double.toString(above));
    }
    return values;
  }

  /** The least and the greatest value, or every choice. */
  static List<String> ends(ConfigKey key) {
    ValueRange range = key.range();
    List<String> values = new ArrayList<>();
    if (range.least() != Double.NEGATIVE_INFINITY) {
      double least = range.leastAllowed() ? range.least() : Math.nextUp(range.least());
      values.add(isInteger(key) ? Long.toString((long) range.least()) : Double.toString(least));
    }
    if (range.most() != Double.POSITIVE_INFINITY) {
      values.add(
          isInteger(key) ? Long.toString((long) range.most()) : Double.toString(range.most()));
    }
    boolean isList = key.value() == ConfigType.INTEGERS || key.value() == ConfigType.NUMBERS;
    values.replaceAll(value -> isList ? "[" + value + "]" : value);
    if (key.value() == ConfigType.TEXT) {
      range.choices().forEach(choice -> values.add('"' + choice + '"'));
    }
    return values;
  }

  /** Values that the key accepts on its own. */
  static List<String> accepted(ConfigKey key) {
    List<String> values = ends(key);
    switch (key.value()) {
      case FLAG -> values.addAll(List.of("true", "false"));
      case INTEGERS -> values.addAll(List.of("[1]", "[1, 2]"));
      case NUMBERS -> values.addAll(List.of("[1.0]", "[0.5, 0.5]", "[0.0]", "[1e308, 1e308]"));
      case INTEGER, LONG, NUMBER -> {
        if (key.range().accepts(10L)) {
          values.add("10");
        }
      }
      case TEXT, ANY -> {}
    }
    return values;
  }

  private static boolean isInteger(ConfigKey key) {
    return switch (key.value()) {
      case INTEGER, LONG, INTEGERS -> true;
      case NUMBER, NUMBERS, FLAG, TEXT, ANY -> false;
    };
  }
}
