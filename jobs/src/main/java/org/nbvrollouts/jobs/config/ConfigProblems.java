package org.nbvrollouts.jobs.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nbvrollouts.store.error.RefusedInputException;

/** What is wrong with a campaign file: told all at once, in the order of its lines. */
final class ConfigProblems {
  /** Line of what was not written or has no place of its own. */
  static final int NO_LINE = 0;

  private static final int MOST_SHOWN = 200;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u0085\u2028\u2029]");

  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  ConfigProblems(String file) {
    this.file = file;
  }

  private record Problem(int line, String text) {}

  /** A value that is not as expected. */
  void invalid(String path, Object value, String expected, int line) {
    add("Invalid " + path + ": " + cut(String.valueOf(value)), "expected " + expected, line);
  }

  /** Any problem; the detail stands before file and line. */
  void add(String what, String detail, int line) {
    String place = "file=" + file + (line == NO_LINE ? "" : ", line=" + line);
    problems.add(
        new Problem(
            line, oneLine(what + " (" + (detail.isEmpty() ? "" : detail + ", ") + place + ")")));
  }

  private static String cut(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }

  /** Characters that would break a message into lines, or move the cursor, as TOML escapes them. */
  private static String oneLine(String text) {
    return CONTROL.matcher(text).replaceAll(c -> "\\\\u%04X".formatted((int) c.group().charAt(0)));
  }

  void refuseIfAny() {
    if (!problems.isEmpty()) {
      throw new RefusedInputException(
          problems.stream()
              .sorted(Comparator.comparingInt(Problem::line).thenComparing(Problem::text))
              .map(Problem::text)
              .collect(Collectors.joining("\n")));
    }
  }
}
