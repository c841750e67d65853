package org.nbvrollouts.store.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * Documents that people and programs put on a local disk, read as a whole up to a limit: a file may
 * be of any length, and a device never ends.
 */
public final class DocumentFile {
  /** Far more than anybody writes by hand. */
  public static final int WRITTEN_BY_HAND = 1 << 20;

  /** Far more than any list of objects, rows or files that belong together. */
  public static final int LIST = 64 << 20;

  private DocumentFile() {}

  /**
   * The bytes of a file.
   *
   * @param mostBytes most bytes it may have
   * @throws RefusedInputException if it has more
   */
  public static byte[] read(Path file, int mostBytes) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(mostBytes);
      if (content.length == mostBytes && in.read() >= 0) {
        throw new RefusedInputException(
            "Cannot read file: too long (expected at most %d bytes, file=%s)"
                .formatted(mostBytes, file));
      }
      return content;
    }
  }
}
