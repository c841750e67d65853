package org.nbvrollouts.store.table;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Short forms of sample identifiers (specification store 4.3). */
public final class IdentifierCompaction {
  private static final Pattern RAW =
      Pattern.compile("AriaSyntheticEnvironment_([^_]+)_AtekDataSample_([^_:/.\\s]+)");
  private static final Pattern COMPACT = Pattern.compile("ASE_([^_]+)_Atek_([^_:/.\\s]+)");

  private IdentifierCompaction() {}

  /** Replaces every raw identifier inside a text by its short form. */
  public static String compact(String text) {
    return RAW.matcher(text).replaceAll("ASE_$1_Atek_$2");
  }

  /** The raw identifier of a text that is entirely one short form. */
  public static Optional<String> expand(String text) {
    Matcher matcher = COMPACT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            "AriaSyntheticEnvironment_" + matcher.group(1) + "_AtekDataSample_" + matcher.group(2))
        : Optional.empty();
  }

  static String compactOrEmpty(String text) {
    return text == null ? "" : compact(text);
  }
}
