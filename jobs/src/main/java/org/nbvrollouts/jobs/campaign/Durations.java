package org.nbvrollouts.jobs.campaign;

import java.util.Locale;

/** Durations for people. */
public final class Durations {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  private Durations() {}

  /** For example {@code 4.2 s}, {@code 3 min 20 s} or {@code 5 h 10 min}. */
  public static String words(long milliseconds) {
    if (milliseconds < MINUTE) {
      return String.format(Locale.ROOT, "%.1f s", milliseconds / (double) SECOND);
    }
    if (milliseconds < HOUR) {
      return String.format(
          Locale.ROOT, "%d min %d s", milliseconds / MINUTE, milliseconds % MINUTE / SECOND);
    }
    return String.format(
        Locale.ROOT, "%d h %d min", milliseconds / HOUR, milliseconds % HOUR / MINUTE);
  }
}
