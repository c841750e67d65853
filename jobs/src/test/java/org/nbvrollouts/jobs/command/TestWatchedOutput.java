package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A result that did not arrive is no success. */
class TestWatchedOutput {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** A place that takes nothing. */
  private static final class Closed extends OutputStream {
    private final String reason;

    Closed(String reason) {
      this.reason = reason;
    }

    @Override
    public void write(int value) throws IOException {
      throw new IOException(reason);
    }
  }

  private int version(OutputStream out) {
    PrintStream notes = new PrintStream(err, true, StandardCharsets.UTF_8);
    return CommandRunner.run(Console.watching(out, notes, false), "--version");
  }

  @Test
  void outputThatFindsNoSpaceIsAFailureOfTheEnvironment() {
    assertThat(version(new Closed("No space left on device"))).isEqualTo(75);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("Cannot write to the standard output: ");
  }

  @Test
  void aReaderThatHasReadEnoughIsNone() {
    assertThat(version(new Closed("Broken pipe"))).isZero();
    assertThat(err.size()).isZero();
  }

  @Test
  void whatArrivesIsWhatWasPrinted() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(version(out)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("nbv-rollouts ");
  }
}
