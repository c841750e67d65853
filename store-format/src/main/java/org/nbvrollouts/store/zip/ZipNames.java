package org.nbvrollouts.store.zip;

import java.util.Arrays;
import java.util.Optional;

/**
 * Names that a member may have: printable ASCII, folders joined by {@code /}, relative, without
 * {@code .}, {@code ..} and backslash. Such a name means the same path to every reader, and never
 * one outside the folder that it is unpacked into.
 */
final class ZipNames {
  private static final int LONGEST = 1024;

  private ZipNames() {}

  /** The rule that a name breaks, or empty if it may be used. */
  static Optional<String> problem(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return Optional.of("expected 1 to " + LONGEST + " characters");
    }
    if (name.chars().anyMatch(c -> c < ' ' || c > '~' || c == '\\' || c == ':')) {
      return Optional.of("expected printable ASCII without backslash and colon");
    }
    boolean escapes =
        Arrays.stream(name.split("/", -1))
            .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    return escapes
        ? Optional.of("expected a relative path without empty names, '.' and '..'")
        : Optional.empty();
  }

  /** The name for a message: what is not printable is escaped, what is long is cut. */
  static String shown(String name) {
    StringBuilder text = new StringBuilder();
    name.chars()
        .limit(120)
        .forEach(
            c -> {
              if (c < ' ' || c > '~') {
                text.append("\\u%04x".formatted(c));
              } else {
                text.append((char) c);
              }
            });
    return name.length() > 120 ? text + "…" : text.toString();
  }
}
