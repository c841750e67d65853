package org.nbvrollouts.store.manifest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Stamps in files and file names, to the second. */
public final class UtcStamps {
  private UtcStamps() {}

  /** For a value, such as {@code 2026-05-15T12:30:45Z}. */
  public static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** For a file name, such as {@code 2026-05-15T12-30-45Z}. */
  public static String fileName(Instant instant) {
    return text(instant).replace(':', '-');
  }
}
