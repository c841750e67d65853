package org.nbvrollouts.jobs.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nbvrollouts.store.error.RefusedInputException;

/** Paths that a person typed. */
final class Paths {
  private Paths() {}

  /**
   * Refuses a folder to write or look into that cannot be one, because it or a parent is a file.
   */
  static void refuseFileAsFolder(String what, Path folder) {
    Path nearest = folder.toAbsolutePath().normalize();
    while (nearest != null && !Files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    if (nearest != null && !Files.isDirectory(nearest)) {
      throw new RefusedInputException(
          "Cannot use "
              + what
              + ": a file stands there (expected a folder, folder="
              + folder
              + ", file="
              + nearest
              + ")");
    }
  }

  /** Refuses a file to read or write that is a folder, or lies below a file. */
  static void refuseFolderAsFile(String what, Path file) {
    if (Files.isDirectory(file)) {
      throw new RefusedInputException(
          "Cannot use " + what + ": a folder stands there (expected a file, file=" + file + ")");
    }
    Path parent = file.toAbsolutePath().normalize().getParent();
    if (parent != null) {
      refuseFileAsFolder("folder of " + what, parent);
    }
  }

  /** The folder without symbolic links; refused if there is none. */
  static Path existingFolder(String what, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new RefusedInputException(
          "Cannot read " + what + ": no such folder (folder=" + folder + ")");
    }
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new RefusedInputException(
          "Cannot read " + what + ": " + e.getMessage() + " (folder=" + folder + ")", e);
    }
  }
}
