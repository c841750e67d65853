package org.nbvrollouts.jobs.config;

import java.util.Objects;
import java.util.Optional;

/**
 * One key of a campaign configuration, declared once.
 *
 * @param path dotted path; {@code name[]} is a list of tables
 * @param value type of the value
 * @param fallback resolved value of an absent key; {@code null} for none
 * @param presence whether the key may be absent or {@code "none"}
 * @param range values accepted
 * @param role what the key decides
 * @param meaning one sentence, with the unit
 */
record ConfigKey(
    String path,
    ConfigType value,
    Object fallback,
    Presence presence,
    ValueRange range,
    KeyRole role,
    String meaning) {

  /** What an absent key means. */
  enum Presence {
    /** Must be written. */
    REQUIRED,
    /** Falls back to the default. */
    DEFAULTED,
    /** Falls back to the default; {@code "none"} means no value. */
    OPTIONAL
  }

  ConfigKey {
    Objects.requireNonNull(path);
    Objects.requireNonNull(value);
    Objects.requireNonNull(presence);
    Objects.requireNonNull(range);
    Objects.requireNonNull(role);
    Objects.requireNonNull(meaning);
  }

  static ConfigKey key(
      KeyRole role, String path, ConfigType type, Object fallback, String meaning) {
    return new ConfigKey(path, type, fallback, Presence.DEFAULTED, ValueRange.any(), role, meaning);
  }

  /** A key without default that has to be written. */
  static ConfigKey required(KeyRole role, String path, ConfigType type, String meaning) {
    return new ConfigKey(path, type, null, Presence.REQUIRED, ValueRange.any(), role, meaning);
  }

  /** A key that may stay without value; {@code fallback} may be {@code null}. */
  static ConfigKey optional(
      KeyRole role, String path, ConfigType type, Object fallback, String meaning) {
    return new ConfigKey(path, type, fallback, Presence.OPTIONAL, ValueRange.any(), role, meaning);
  }

  /** A key that changes nothing here. */
  static ConfigKey ignored(String path, String why) {
    return new ConfigKey(
        path, ConfigType.ANY, null, Presence.OPTIONAL, ValueRange.any(), KeyRole.IGNORED, why);
  }

  ConfigKey in(ValueRange accepted) {
    return new ConfigKey(path, value, fallback, presence, accepted, role, meaning);
  }

  /** The list of tables the key lies in, for example {@code recipes}. */
  Optional<String> listPath() {
    int marker = path.indexOf("[]");
    return marker < 0 ? Optional.empty() : Optional.of(path.substring(0, marker));
  }

  /** True if the key lies in elements of the list, or outside lists if the path is empty. */
  boolean isIn(String list) {
    return listPath().orElse("").equals(list);
  }

  /** The path within its list element, or the whole path outside lists. */
  String localPath() {
    int marker = path.indexOf("[]");
    return marker < 0 ? path : path.substring(marker + 3);
  }
}
