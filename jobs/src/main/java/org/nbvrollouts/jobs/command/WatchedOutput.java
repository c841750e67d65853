package org.nbvrollouts.jobs.command;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** The standard output, which remembers why it lost something; a {@code PrintStream} does not. */
final class WatchedOutput extends OutputStream {
  private final OutputStream target;
  private IOException failure;

  WatchedOutput(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      if (failure == null) {
        failure = e;
      }
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    target.flush();
  }

  /** Why output was lost. A reader that has read enough and left, as {@code head} does, is none. */
  synchronized Optional<IOException> failure() {
    return Optional.ofNullable(failure)
        .filter(
            e -> !String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe"));
  }
}
