package org.nbvrollouts.jobs.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Resolved values by path: every declared key is present, absent ones with their default or {@code
 * null}. Asking for an undeclared path is a mistake of the program.
 */
final class ConfigTable {
  private final Map<String, Object> values;
  private final Map<String, List<ConfigTable>> lists;
  private final ConfigOrigin origin;

  ConfigTable(
      Map<String, Object> values, Map<String, List<ConfigTable>> lists, ConfigOrigin origin) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    this.lists = Map.copyOf(lists);
    this.origin = origin;
  }

  /** True if the file has the key. */
  boolean isWritten(String path) {
    return origin.lines().containsKey(path);
  }

  /** Line of a key, {@link ConfigProblems#NO_LINE} if the file does not have it. */
  int lineOf(String path) {
    return origin.lines().getOrDefault(path, ConfigProblems.NO_LINE);
  }

  /** False if the file has a value for the key that was refused. */
  boolean isSound(String path) {
    return !origin.refused().contains(path);
  }

  Object value(String path) {
    if (!values.containsKey(path)) {
      throw new IllegalArgumentException(
          "Cannot read configuration: no such key (key=" + path + ")");
    }
    return values.get(path);
  }

  List<ConfigTable> tables(String listPath) {
    return lists.get(listPath);
  }

  String text(String path) {
    return (String) value(path);
  }

  Optional<String> optionalText(String path) {
    return Optional.ofNullable((String) value(path));
  }

  boolean flag(String path) {
    return (Boolean) value(path);
  }

  long integer(String path) {
    return (Long) value(path);
  }

  OptionalLong optionalInteger(String path) {
    Object value = value(path);
    return value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
  }

  int count(String path) {
    return Math.toIntExact(integer(path));
  }

  OptionalInt optionalCount(String path) {
    Object value = value(path);
    return value == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact((Long) value));
  }

  double number(String path) {
    return (Double) value(path);
  }

  OptionalDouble optionalNumber(String path) {
    Object value = value(path);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of((Double) value);
  }

  List<Integer> counts(String path) {
    List<Integer> counts = new ArrayList<>();
    if (value(path) instanceof List<?> list) {
      list.forEach(item -> counts.add(Math.toIntExact((Long) item)));
    }
    return counts;
  }

  List<Double> numbers(String path) {
    List<Double> numbers = new ArrayList<>();
    if (value(path) instanceof List<?> list) {
      list.forEach(item -> numbers.add((Double) item));
    }
    return numbers;
  }
}
