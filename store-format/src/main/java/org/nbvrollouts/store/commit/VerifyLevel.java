package org.nbvrollouts.store.commit;

import java.util.Arrays;
import java.util.Locale;
import org.nbvrollouts.store.error.RefusedInputException;

/** How much of a committed shard is read before it is believed (specification campaign 7.2). */
public enum VerifyLevel {
  /** Marker and owner, and the hashes between them; for fast listings, never to skip work. */
  MARKER,
  /** The same, and every file: existence, size, SHA-256. */
  FILES,
  /** The same, and the content decoded and validated. */
  FULL;

  /** Name on the command line and in reports. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The level of a name. */
  public static VerifyLevel parse(String text) {
    return Arrays.stream(values())
        .filter(level -> level.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedInputException(
                    "Invalid verify level: " + text + " (expected marker, files or full)"));
  }
}
