package org.nbvrollouts.store.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.nbvrollouts.store.error.StorageReason;

/** Results that a person asked for in a file: it is there as a whole, or as it was before. */
public final class WholeFile {
  private WholeFile() {}

  /** What the file shall hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes it; the stream is not closed. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes or replaces a file, and makes the folders it needs. A link stays and its target is
   * replaced; a device or a pipe is written to, since a rename would put a plain file in its place.
   *
   * @throws FileSystemException names this file and says why
   */
  public static void write(Path file, Content content) throws IOException {
    try {
      Path target = LocalPaths.real(file);
      if (Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target)) {
        try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.WRITE)) {
          content.writeTo(out);
        }
        return;
      }
      Files.createDirectories(target.getParent());
      replace(target, content);
    } catch (IOException e) {
      FileSystemException named =
          new FileSystemException(file.toString(), null, StorageReason.of(e));
      named.initCause(e);
      throw named;
    }
  }

  private static void replace(Path target, Content content) throws IOException {
    // No temporary file of the JDK: those are for their owner's eyes only, and stay so when moved.
    Path scratch = LocalPaths.scratchBeside(target);
    try {
      try (OutputStream out =
          Files.newOutputStream(scratch, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(out);
      }
      Files.move(
          scratch, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(scratch);
    }
  }
}
