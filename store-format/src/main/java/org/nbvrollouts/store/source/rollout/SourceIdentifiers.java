package org.nbvrollouts.store.source.rollout;

/** What a text must be to identify a row, scene, snippet or split. */
final class SourceIdentifiers {
  static final String RULE =
      "1 to 256 characters without control characters, slashes or backslashes, not . or ..";

  private static final int MAX_LENGTH = 256;

  private SourceIdentifiers() {}

  static boolean isValid(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && !text.equals(".")
        && !text.equals("..")
        && text.chars()
            .noneMatch(each -> each < ' ' || each == 0x7f || each == '/' || each == '\\');
  }
}
