package org.nbvrollouts.jobs.command;

import java.util.regex.Pattern;

/** Text that a person can paste into a POSIX shell. */
final class ShellWord {
  /** How the launcher was called; set by the launcher. */
  static final String LAUNCHER_PROPERTY = "nbv.launcher";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

  private ShellWord() {}

  /** The text as one word, in quotes if it needs them. */
  static String of(Object text) {
    String word = text.toString();
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** The launcher as it was typed. */
  static String launcher() {
    return of(System.getProperty(LAUNCHER_PROPERTY, "nbv-rollouts"));
  }
}
