package org.nbvrollouts.store.manifest;

import java.util.Optional;
import org.nbvrollouts.store.error.RefusedInputException;

/** Shard ids, strict (specification campaign 3.1): ASCII digits only, checked before any path. */
public final class ShardIds {
  private static final String PREFIX = "shard-";
  private static final int LEAST_DIGITS = 6;

  /** So many always fit a long. */
  private static final int MOST_DIGITS = 18;

  private static final String RULE = "digits, or 'shard-' and digits, such as 7 or shard-000007";

  private ShardIds() {}

  /** The id of the n-th chunk of a plan. */
  static String ofNumber(long number) {
    if (number < 0) {
      throw new IllegalArgumentException(
          "Invalid shard number: " + number + " (expected at least 0)");
    }
    String digits = Long.toString(number);
    return PREFIX + "0".repeat(Math.max(0, LEAST_DIGITS - digits.length())) + digits;
  }

  /** Whether the text is a canonical id and therefore a safe folder name. */
  public static boolean isCanonical(String text) {
    return text != null
        && text.startsWith(PREFIX)
        && digitsFrom(PREFIX.length(), text) >= LEAST_DIGITS;
  }

  /** Number of ASCII digits that a text ends with from here on; -1 if there is anything else. */
  private static int digitsFrom(int start, String text) {
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return -1;
      }
    }
    return text.length() - start;
  }

  /** The canonical id that a text means, or empty if it is none. */
  public static Optional<String> find(String text) {
    int start = text.startsWith(PREFIX) ? PREFIX.length() : 0;
    int digits = digitsFrom(start, text);
    return digits >= 1 && digits <= MOST_DIGITS
        ? Optional.of(ofNumber(Long.parseLong(text.substring(start))))
        : Optional.empty();
  }

  /** The canonical id that a text means; anything else is refused with the allowed forms. */
  public static String parse(String text) {
    return find(text)
        .orElseThrow(
            () ->
                new RefusedInputException(
                    "Invalid shard id: " + text + " (expected " + RULE + ")"));
  }

  /** The allowed forms, for messages. */
  static String rule() {
    return RULE;
  }
}
