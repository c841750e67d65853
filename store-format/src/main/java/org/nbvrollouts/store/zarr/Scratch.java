package org.nbvrollouts.store.zarr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;

/**
 * A private local directory for what a store under construction cannot keep in memory. It is made
 * when the first file is, and removed with everything in it on close. Thread-safe.
 */
final class Scratch implements AutoCloseable {
  private final Path parent;
  private Path directory;
  private int files;

  /**
   * Makes nothing yet.
   *
   * @param parent an existing directory with room for the encoded store
   */
  Scratch(Path parent) {
    this.parent = parent;
  }

  /** A path for a new file that nobody else has. */
  synchronized Path newFile() {
    try {
      if (directory == null) {
        directory = Files.createTempDirectory(parent, ".store-scratch-");
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot make scratch directory: %s (parent=%s)".formatted(StorageReason.of(e), parent),
          e);
    }
    return directory.resolve(String.valueOf(files++));
  }

  @Override
  public synchronized void close() {
    if (directory == null) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
      directory = null;
    } catch (IOException | UncheckedIOException e) {
      throw new EnvironmentException(
          "Cannot remove scratch directory: %s (directory=%s); remove it by hand"
              .formatted(e.getMessage(), directory),
          e);
    }
  }
}
