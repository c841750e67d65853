package org.nbvrollouts.jobs.text;

import java.util.Locale;

/** Numbers of things, for people. */
public final class Count {
  private Count() {}

  /**
   * For example {@code 1 row} or {@code 1,500 rows}.
   *
   * @param one the thing in the singular; the plural has an s behind it
   */
  public static String of(long number, String one) {
    return of(number, one, one + "s");
  }

  /** As the other, for things with a plural of their own. */
  public static String of(long number, String one, String several) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : several);
  }
}
