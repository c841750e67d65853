package org.nbvrollouts.jobs.config;

import java.util.Optional;
import org.tomlj.TomlArray;

/** Type of the value of a key, as TOML writes it and as the resolved configuration holds it. */
enum ConfigType {
  /** Fits 32 bits. */
  INTEGER("integer"),
  /** Fits 64 bits. */
  LONG("integer"),
  NUMBER("number"),
  FLAG("true or false"),
  TEXT("text"),
  INTEGERS("list of one or more integers"),
  NUMBERS("list of one or more numbers"),
  ANY("anything");

  private final String words;

  ConfigType(String words) {
    this.words = words;
  }

  /** How messages and documents call the type. */
  String words() {
    return words;
  }

  /**
   * The value in the resolved form ({@code Long}, {@code Double}, {@code Boolean}, {@code String}
   * or a list of the first two with at least one element), or empty if TOML holds another type. An
   * integer is a number; a number is no integer.
   */
  Optional<Object> resolve(Object toml) {
    return switch (this) {
      case INTEGER ->
          toml instanceof Long integer && isInt(integer) ? Optional.of(toml) : Optional.empty();
      case LONG -> toml instanceof Long ? Optional.of(toml) : Optional.empty();
      case NUMBER -> number(toml);
      case FLAG -> toml instanceof Boolean ? Optional.of(toml) : Optional.empty();
      case TEXT -> toml instanceof String ? Optional.of(toml) : Optional.empty();
      case INTEGERS -> list(toml, INTEGER);
      case NUMBERS -> list(toml, NUMBER);
      case ANY -> Optional.of(String.valueOf(toml));
    };
  }

  private static boolean isInt(long value) {
    return value == (int) value;
  }

  private static Optional<Object> number(Object toml) {
    if (toml instanceof Long integer) {
      return Optional.of(integer.doubleValue());
    }
    return toml instanceof Double number && Double.isFinite(number)
        ? Optional.of(number)
        : Optional.empty();
  }

  private static Optional<Object> list(Object toml, ConfigType element) {
    if (!(toml instanceof TomlArray array)) {
      return Optional.empty();
    }
    var resolved = array.toList().stream().map(element::resolve).flatMap(Optional::stream).toList();
    boolean isList = !array.isEmpty() && resolved.size() == array.size();
    return isList ? Optional.of(resolved) : Optional.empty();
  }
}
