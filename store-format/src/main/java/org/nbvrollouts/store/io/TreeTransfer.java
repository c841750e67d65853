package org.nbvrollouts.store.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Copies folders between a local disk and a storage, several files at a time, because remote
 * storage answers one request slowly and many quickly. Memory is bounded by the number of threads.
 */
public final class TreeTransfer {
  private static final int THREADS = 16;
  private static final int PART_BYTES = 4 << 20;

  private TreeTransfer() {}

  /** Writes every regular file below a local folder to the same relative path of a storage. */
  public static void upload(Path folder, StoreIO io, StoreLocation target) throws IOException {
    List<Callable<Void>> copies = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        String relative = folder.relativize(file).toString().replace('\\', '/');
        copies.add(
            () -> {
              io.writeFile(target.child(relative), file);
              return null;
            });
      }
    }
    run(copies);
  }

  /** Reads every file below a folder of a storage into a local folder, which may be missing. */
  public static void download(StoreIO io, StoreLocation source, Path folder) throws IOException {
    List<Callable<Void>> copies = new ArrayList<>();
    for (Map.Entry<String, StoreEntry> file : io.listTree(source).entrySet()) {
      if (!file.getValue().isFile() || !StoreLocation.isContained(file.getKey())) {
        throw new IOException(
            "Cannot copy file: not a regular one (file=" + source + "/" + file.getKey() + ")");
      }
      copies.add(
          () -> {
            Path copy = folder.resolve(file.getKey());
            Files.createDirectories(copy.getParent());
            download(io, source.child(file.getKey()), file.getValue().sizeBytes(), copy);
            return null;
          });
    }
    Files.createDirectories(folder);
    run(copies);
  }

  private static void download(StoreIO io, StoreLocation file, long size, Path copy)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(copy)) {
      for (long offset = 0; offset < size; offset += PART_BYTES) {
        out.write(io.readRange(file, offset, (int) Math.min(PART_BYTES, size - offset)));
      }
    }
  }

  /** Runs all copies; after the first failure no further one starts. */
  private static void run(List<Callable<Void>> copies) throws IOException {
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.max(1, Math.min(THREADS, copies.size())));
    try {
      List<Future<Void>> running = copies.stream().map(pool::submit).toList();
      for (Future<Void> copy : running) {
        copy.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException("Cannot copy folder: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException wrapped = new InterruptedIOException("interrupted while copying");
      wrapped.initCause(e);
      throw wrapped;
    } finally {
      pool.shutdownNow();
    }
  }
}
