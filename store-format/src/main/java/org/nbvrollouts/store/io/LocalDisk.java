package org.nbvrollouts.store.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Forcing what other code wrote to a local disk. */
public final class LocalDisk {
  /**
   * Files forced at a time. The threads only wait; a journal that is asked for several files at
   * once writes them with one commit.
   */
  private static final int FORCED_AT_ONCE = 8;

  private LocalDisk() {}

  /** Waits until the disk has a file, or the names of a folder. */
  public static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Waits until the disk has every file and folder below a folder, and the folder itself.
   *
   * @throws InterruptedIOException if interrupted while waiting
   */
  public static void forceTree(Path root) throws IOException {
    List<Path> paths = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              paths.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            paths.add(folder);
            return FileVisitResult.CONTINUE;
          }
        });
    forceAll(paths);
  }

  private static void forceAll(List<Path> paths) throws IOException {
    List<Callable<Void>> forcing = new ArrayList<>();
    for (Path path : paths) {
      forcing.add(
          () -> {
            force(path);
            return null;
          });
    }
    ExecutorService waiting = Executors.newFixedThreadPool(Math.min(FORCED_AT_ONCE, paths.size()));
    try {
      for (Future<Void> forced : waiting.invokeAll(forcing)) {
        forced.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot force files to disk: interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure
          ? failure
          : new IOException("Cannot force files to disk: " + e.getCause(), e.getCause());
    } finally {
      waiting.shutdownNow();
    }
  }
}
