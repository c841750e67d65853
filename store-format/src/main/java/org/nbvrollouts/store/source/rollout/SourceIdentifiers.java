package org.nbvrollouts.store.source.rollout;

/** What a text must be to identify a row, scene, snippet or split. */
public final class SourceIdentifiers {
  /** The rule in words. */
  public static final String RULE =
      "1 to 256 characters without control characters, slashes or backslashes, not . or ..";

  private static final int MAX_LENGTH = 256;

  private SourceIdentifiers() {}

  public static boolean isValid(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && !text.equals(".")
        && !text.equals("..")
        && text.chars()
            .noneMatch(each -> each < ' ' || each == 0x7f || each == '/' || each == '\\');
  }
}
