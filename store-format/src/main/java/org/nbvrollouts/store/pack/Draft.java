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
  private static final int EXIT_ATTEMPTS = 1000;
  private static final long EXIT_WAIT_MS = 2000;

  private final Path home;
  private final Path path;
  private final Path target;

  private final Thread writer = Thread.currentThread();

  /** A signal ends the JVM in the middle of the work, and nobody would look for hidden files. */
  private final Thread atExit = new Thread(this::deleteAtExit, "draft-removal");

  private volatile boolean interrupted;

  private Draft(Path home, Path target) {
    this.home = home;
    this.target = target;
    this.path = home.resolve(target.getFileName());
  }

  static Draft beside(Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Path home = Files.createTempDirectory(target.getParent(), "." + target.getFileName() + ".");
    Draft draft = new Draft(home, target);
    Runtime.getRuntime().addShutdownHook(draft.atExit);
    return draft;
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
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      // It runs, and deleting twice does no harm.
    }
    delete();
  }

  /** Whether a signal is ending the JVM, so that the draft vanishes under its writer. */
  boolean isInterrupted() {
    return interrupted;
  }

  private void delete() throws IOException {
    new LocalStoreIO(Durability.BUFFERED).delete(StoreLocation.of(home));
  }

  /** The writer goes on meanwhile, until a file in place of its folder stops it. */
  private void deleteAtExit() {
    interrupted = true;
    for (int attempt = 0; attempt < EXIT_ATTEMPTS; attempt++) {
      try {
        delete();
        Files.createFile(home);
        writer.join(EXIT_WAIT_MS);
        delete();
        return;
      } catch (IOException added) {
        // A file came while its folder was emptied, or the folder came again: once more.
      } catch (InterruptedException ending) {
        return;
      }
    }
  }
}
