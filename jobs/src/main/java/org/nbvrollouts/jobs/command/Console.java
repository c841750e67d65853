package org.nbvrollouts.jobs.command;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/**
 * Where commands talk to people. Results go to the standard output, progress and errors to the
 * standard error, so that output can be piped.
 */
public final class Console {
  /** Set by the launcher: whether the standard error is a terminal. */
  static final String TERMINAL_PROPERTY = "nbv.terminal";

  /** Starts every line about what is legal and deserves a look. */
  static final String LOOK_AT = "look at: ";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;

  Console(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** The streams of this process. */
  public static Console ofProcess() {
    return new Console(System.out, System.err, Boolean.getBoolean(TERMINAL_PROPERTY));
  }

  /** A console that writes elsewhere and is no terminal. */
  public static Console of(PrintStream out, PrintStream err) {
    return new Console(out, err, false);
  }

  void print(String line) {
    out.println(line);
    out.flush();
  }

  /** Writes a message line for people, to the standard error. */
  public void note(String line) {
    err.println(line);
    err.flush();
  }

  /** Notes what is legal and deserves a look. */
  void lookAt(String warning) {
    note(LOOK_AT + warning);
  }

  /** Prints without a line end; used to redraw a progress line. */
  void redraw(String line) {
    err.print(line);
    err.flush();
  }

  boolean isTerminal() {
    return terminal;
  }

  PrintWriter outWriter() {
    return new PrintWriter(out, true, Charset.defaultCharset());
  }

  PrintWriter errWriter() {
    return new PrintWriter(err, true, Charset.defaultCharset());
  }

  void trace(Throwable failure) {
    failure.printStackTrace(err);
  }
}
