package org.nbvrollouts.store.io;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;

/** How a file is read and filled by any file system of Hadoop; one try each. */
final class HadoopStreams {
  private static final int WHOLE_READ_LIMIT_BYTES = StoreIO.wholeReadLimit(1 << 30);

  private HadoopStreams() {}

  /** Opens the file. */
  interface Opening {
    FSDataInputStream open() throws IOException;
  }

  /** Asks how long the file is. */
  interface Length {
    long bytes() throws IOException;
  }

  /** Fills a new file. */
  interface Filling {
    void fill(OutputStream out) throws IOException;
  }

  /** The whole content, or empty if there is no file. */
  static Optional<byte[]> readWhole(StoreLocation file, Opening opening) throws IOException {
    try (FSDataInputStream in = opening.open()) {
      byte[] content = in.readNBytes(WHOLE_READ_LIMIT_BYTES);
      if (content.length == WHOLE_READ_LIMIT_BYTES) {
        throw new IrregularFileException(file.text(), "it is too large for one read");
      }
      return Optional.of(content);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Copies the whole content to a local file; false if there is no file. */
  static boolean copy(Path target, Opening opening) throws IOException {
    try (FSDataInputStream in = opening.open()) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /**
   * A part of a file.
   *
   * @throws ShortFileException if the file ends before
   */
  static byte[] readRange(
      StoreLocation file, long offset, int length, Opening opening, Length fileLength)
      throws IOException {
    try (FSDataInputStream in = opening.open()) {
      byte[] content = new byte[length];
      in.readFully(offset, content);
      return content;
    } catch (EOFException e) {
      // The client says the same of a connection that broke; only the length tells them apart.
      if (fileLength.bytes() < offset + length) {
        throw new ShortFileException(file, offset + length, e);
      }
      throw e;
    }
  }

  /** Fills a file with a local one of any size. */
  static Filling contentOf(Path content) {
    return out -> Files.copy(content, out);
  }
}
