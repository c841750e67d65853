package org.nbvrollouts.jobs.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nbvrollouts.store.error.RefusedInputException;

/** Paths that a person typed. */
final class Paths {
  private Paths() {}

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
