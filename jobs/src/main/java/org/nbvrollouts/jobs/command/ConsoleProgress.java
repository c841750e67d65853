package org.nbvrollouts.jobs.command;

import java.util.function.LongSupplier;
import org.nbvrollouts.jobs.campaign.ProgressListener;

/**
 * Shows progress: one line that is redrawn on a terminal, elsewhere a plain line after 5 seconds
 * and then at most every 30, so that a log of a long run stays readable.
 */
final class ConsoleProgress implements ProgressListener {
  private static final long FIRST_PLAIN_NANOS = 5_000_000_000L;
  private static final long PLAIN_INTERVAL_NANOS = 30_000_000_000L;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Console console;
  private final LongSupplier nanoTime;
  private boolean drawn;
  private boolean started;
  private long nextPlainNanos;
  private String lastPlain = "";

  ConsoleProgress(Console console, LongSupplier nanoTime) {
    this.console = console;
    this.nanoTime = nanoTime;
  }

  @Override
  public void update(String line) {
    if (console.isTerminal()) {
      console.redraw(CLEAR_LINE + line);
      drawn = true;
      return;
    }
    long now = nanoTime.getAsLong();
    if (!started) {
      started = true;
      nextPlainNanos = now + FIRST_PLAIN_NANOS;
    } else if (now - nextPlainNanos >= 0 && !line.equals(lastPlain)) {
      console.note(line);
      lastPlain = line;
      nextPlainNanos = now + PLAIN_INTERVAL_NANOS;
    }
  }

  @Override
  public void note(String line) {
    clear();
    console.note(line);
  }

  @Override
  public void end() {
    clear();
  }

  private void clear() {
    if (drawn) {
      console.redraw(CLEAR_LINE);
      drawn = false;
    }
  }
}
