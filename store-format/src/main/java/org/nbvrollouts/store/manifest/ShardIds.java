package org.nbvrollouts.store.manifest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nbvrollouts.store.error.RefusedInputException;

/** Shard ids, strict (specification campaign 3.1): ASCII digits only, checked before any path. */
public final class ShardIds {
  private static final Pattern CANONICAL = Pattern.compile("shard-[0-9]{6,}");
  private static final Pattern ACCEPTED = Pattern.compile("(?:shard-)?([0-9]{1,18})");
  private static final String RULE = "digits, or 'shard-' and digits, such as 7 or shard-000007";

  private ShardIds() {}

  /** The id of the n-th chunk of a plan. */
  static String ofNumber(long number) {
    if (number < 0) {
      throw new IllegalArgumentException(
          "Invalid shard number: " + number + " (expected at least 0)");
    }
    String digits = Long.toString(number);
    return "shard-" + "0".repeat(Math.max(0, 6 - digits.length())) + digits;
  }

  /** Whether the text is a canonical id and therefore a safe folder name. */
  public static boolean isCanonical(String text) {
    return text != null && CANONICAL.matcher(text).matches();
  }

  /** The canonical id that a text means, or empty if it is none. */
  public static Optional<String> find(String text) {
    Matcher matcher = ACCEPTED.matcher(text);
    return matcher.matches()
        ? Optional.of(ofNumber(Long.parseLong(matcher.group(1))))
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
