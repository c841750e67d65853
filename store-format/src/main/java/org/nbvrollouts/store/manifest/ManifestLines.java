package org.nbvrollouts.store.manifest;

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
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int end;
  private int number;

  ManifestLines(Path file) throws IOException {
    this.file = file;
    this.in = Files.newInputStream(file);
  }

  /** Number of the line that was read last, from 1. */
  int number() {
    return number;
  }

  /** The next line without its end, or empty at the end of the file. */
  Optional<byte[]> next() throws IOException {
    if (!fill()) {
      return Optional.empty();
    }
    number++;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    do {
      int stop = from;
      while (stop < end && buffer[stop] != '\n') {
        stop++;
      }
      if (stop - from > MOST_BYTES - line.size()) {
        throw new RefusedInputException(
            "Cannot use shard manifest: a line is too long (expected at most %d bytes, file=%s, line=%d)"
                .formatted(MOST_BYTES, file, number));
      }
      line.write(buffer, from, stop - from);
      from = stop;
    } while (from == end && fill());
    // The newline, if the file has one there.
    from = Math.min(from + 1, end);
    return Optional.of(line.toByteArray());
  }

  /** Whether there is another byte. */
  private boolean fill() throws IOException {
    if (from == end) {
      from = 0;
      end = Math.max(0, in.read(buffer));
    }
    return from < end;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
