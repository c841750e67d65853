package org.nbvrollouts.store.pack;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalDisk;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreLocation;

/** A hidden file or folder that becomes the result by one rename, or vanishes. */
final class Draft implements AutoCloseable {
  private final Path home;
  private final Path path;
  private final Path target;

  private Draft(Path home, Path target) {
    this.home = home;
    this.target = target;
    this.path = home.resolve(target.getFileName());
  }

  static Draft beside(Path target) throws IOException {
    Files.createDirectories(target.getParent());
    return new Draft(
        Files.createTempDirectory(target.getParent(), "." + target.getFileName() + "."), target);
  }

  /** Where to write; nothing is there. */
  Path path() {
    return path;
  }

  /** Forces the draft to disk and gives it its name; false if the name is taken. */
  boolean publish() throws IOException {
    LocalDisk.forceTree(path);
    try {
      if (Files.isDirectory(path)) {
        // The file system refuses a target with anything in it; an empty folder is replaced.
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        // A move would replace a file; a link never does.
        Files.createLink(target, path);
      }
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      return false;
    } catch (IOException e) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      throw e;
    }
    LocalDisk.force(target.getParent());
    return true;
  }

  @Override
  public void close() throws IOException {
    new LocalStoreIO(Durability.BUFFERED).delete(StoreLocation.of(home));
  }
}
