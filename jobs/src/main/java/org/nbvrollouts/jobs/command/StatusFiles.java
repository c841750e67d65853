package org.nbvrollouts.jobs.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.LocalPaths;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.CampaignHeader;

/**
 * Files that {@code status} is told to write. They replace what stands there, which must be nothing
 * that a campaign needs; that is found out before the work.
 */
final class StatusFiles {
  private final Map<Path, String> taken = new LinkedHashMap<>();
  private final StoreLocation finalRoot;

  StatusFiles(Path shardManifest, StoreLocation finalRoot) {
    this.finalRoot = finalRoot;
    keep("the plan", shardManifest);
    keep(
        "the header of the plan",
        shardManifest.toAbsolutePath().resolveSibling(CampaignHeader.FILE_NAME));
  }

  /** A file that must stay as it is. */
  void keep(String what, Path file) {
    taken.putIfAbsent(real(file), what);
  }

  /**
   * Refuses a file to write that is needed, or that lies in the final root.
   *
   * @param flag names it
   */
  void check(String flag, Path file) {
    Paths.refuseFolderAsFile(flag, file);
    Path place = real(file);
    String needed = taken.get(place);
    if (needed != null) {
      throw new RefusedInputException(
          "Cannot write "
              + flag
              + ": it would replace "
              + needed
              + " (file="
              + file
              + "). Choose another file");
    }
    if (finalRoot.isLocal() && read(file, () -> LocalPaths.isWithin(file, finalRoot.localPath()))) {
      throw new RefusedInputException(
          "Cannot write "
              + flag
              + ": it would lie in the final root, where only runs write (file="
              + file
              + ", final_root="
              + finalRoot
              + "). Choose a file elsewhere");
    }
    taken.put(place, "the file of " + flag);
  }

  private static Path real(Path file) {
    return read(file, () -> LocalPaths.real(file));
  }

  private static <T> T read(Path file, IoCall<T> call) {
    try {
      return call.run();
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read folder: " + StorageReason.of(e) + " (folder=" + file + ")", e);
    }
  }

  private interface IoCall<T> {
    T run() throws IOException;
  }
}
