package org.nbvrollouts.store.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Where local paths lead that need not exist yet. */
public final class LocalPaths {
  private static final AtomicLong SCRATCH_NUMBER = new AtomicLong();

  private LocalPaths() {}

  /** A path without links, as far as it exists. */
  public static Path real(Path path) throws IOException {
    Path whole = path.toAbsolutePath().normalize();
    Path there = whole;
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there.toRealPath().resolve(there.relativize(whole)).normalize();
  }

  /**
   * Whether a path is a folder or lies in it, as it is written or once links are followed. Neither
   * needs to exist.
   */
  public static boolean isWithin(Path path, Path folder) throws IOException {
    Path real = real(path);
    return real.startsWith(real(folder))
        || isBelow(real, folder)
        || isBelow(path.toAbsolutePath().normalize(), folder);
  }

  private static boolean isBelow(Path path, Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return false;
    }
    for (Path above = path; above != null; above = above.getParent()) {
      if (Files.exists(above) && Files.isSameFile(above, folder)) {
        return true;
      }
    }
    return false;
  }

  /** A new name beside a file, for its content until that is whole. */
  static Path scratchBeside(Path target) {
    return target.resolveSibling(
        "."
            + target.getFileName()
            + "."
            + ProcessHandle.current().pid()
            + "-"
            + SCRATCH_NUMBER.incrementAndGet()
            + ".tmp");
  }
}
