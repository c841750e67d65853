package org.nbvrollouts.store.manifest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.io.StoreIO;

/** The lines of a shard manifest, read one after the other in bounded memory. */
final class ManifestLines implements AutoCloseable {
  /** Far more than the longest shard that fits one store; parsing needs many times as much. */
  private static final int MOST_BYTES = StoreIO.wholeReadLimit(256 << 20) / 4;

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final InputStream in;
  private int number;

  ManifestLines(Path file) throws IOException {
    this.file = file;
    this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
  }

  /** Number of the line that was read last, from 1. */
  int number() {
    return number;
  }

  /** The next line without its end, or empty at the end of the file. */
  Optional<byte[]> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int read = in.read();
    if (read < 0) {
      return Optional.empty();
    }
    number++;
    while (read >= 0 && read != '\n') {
      if (line.size() == MOST_BYTES) {
        throw new RefusedInputException(
            "Cannot use shard manifest: a line is too long (expected at most %d bytes, file=%s, line=%d)"
                .formatted(MOST_BYTES, file, number));
      }
      line.write(read);
      read = in.read();
    }
    return Optional.of(line.toByteArray());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
