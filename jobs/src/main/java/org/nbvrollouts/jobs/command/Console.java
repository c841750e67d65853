package org.nbvrollouts.jobs.command;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.function.Supplier;

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
  private final Supplier<Optional<IOException>> loss;

  private Console(
      PrintStream out, PrintStream err, boolean terminal, Supplier<Optional<IOException>> loss) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.loss = loss;
  }

  Console(PrintStream out, PrintStream err, boolean terminal) {
    this(out, err, terminal, Optional::empty);
  }

  /** The streams of this process. */
  public static Console ofProcess() {
    return watching(
        new FileOutputStream(FileDescriptor.out),
        System.err,
        Boolean.getBoolean(TERMINAL_PROPERTY));
  }

  /** A console that writes elsewhere and is no terminal. */
  public static Console of(PrintStream out, PrintStream err) {
    return new Console(out, err, false);
  }

  /** A console that notices when its output gets lost. */
  static Console watching(OutputStream out, PrintStream err, boolean terminal) {
    WatchedOutput watched = new WatchedOutput(out);
    String charset =
        System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
    PrintStream printed =
        new PrintStream(
            new BufferedOutputStream(watched),
            true,
            charset == null ? Charset.defaultCharset() : Charset.forName(charset));
    return new Console(
        printed,
        err,
        terminal,
        () -> {
          printed.flush();
          return watched.failure();
        });
  }

  /** Why a part of the output did not arrive, if that is so. */
  Optional<IOException> lostOutput() {
    return loss.get();
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
