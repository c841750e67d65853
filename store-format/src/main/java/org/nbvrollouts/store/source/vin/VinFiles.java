package org.nbvrollouts.store.source.vin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.zarr.StoreFiles;

/**
 * The files of a VIN offline store or of one of its shards, read only (rule S-13). A symbolic link
 * that leads out of the store, anything that is no regular file, and a file too large to be what it
 * should be are refused. Thread-safe.
 */
final class VinFiles implements StoreFiles {
  private static final long MAX_FILE_BYTES = 1L << 30;

  private final Path store;
  private final Path folder;

  private VinFiles(Path store, Path folder) {
    this.store = store;
    this.folder = folder;
  }

  /** The files of a store, whose folder must exist. */
  static VinFiles of(Path store) {
    try {
      Path real = store.toRealPath();
      return new VinFiles(real, real);
    } catch (IOException failed) {
      throw new RefusedInputException(
          "Cannot open VIN store: no such folder (folder=" + store + ")", failed);
    }
  }

  /** The files below a folder of the store; refuses a file that stands there instead. */
  VinFiles below(String path) {
    refuseFile(folder.resolve(path));
    return new VinFiles(store, folder.resolve(path));
  }

  /** The file of a path, or empty if there is none. */
  private Optional<Path> find(String path) {
    Path file = folder.resolve(path).normalize();
    if (!file.startsWith(folder)) {
      throw new RefusedInputException(
          "Cannot read VIN store: a path leads out of it (path=" + path + ", store=" + store + ")");
    }
    try {
      Path real = file.toRealPath();
      if (!real.startsWith(store)) {
        throw new RefusedInputException(
            "Cannot read VIN store: a link leads out of it (file="
                + file
                + ", store="
                + store
                + ")");
      }
      if (!Files.isRegularFile(real)) {
        throw new RefusedInputException(
            "Cannot read VIN store: no regular file (file=" + file + ")");
      }
      return Optional.of(real);
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    } catch (IOException failed) {
      for (Path above = file.getParent(); above.startsWith(folder); above = above.getParent()) {
        refuseFile(above);
      }
      throw failure(file, failed);
    }
  }

  private static void refuseFile(Path folder) {
    if (Files.isRegularFile(folder)) {
      throw new RefusedInputException(
          "Cannot read VIN store: a file stands where a folder belongs (file=" + folder + ")");
    }
  }

  @Override
  public Optional<byte[]> read(String path) {
    Optional<Path> file = find(path);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      long bytes = Files.size(file.get());
      if (bytes > MAX_FILE_BYTES) {
        throw new RefusedInputException(
            "Cannot read VIN store: a file of %d bytes (expected at most %d, file=%s)"
                .formatted(bytes, MAX_FILE_BYTES, file.get()));
      }
      return Optional.of(Files.readAllBytes(file.get()));
    } catch (IOException failed) {
      throw failure(file.get(), failed);
    }
  }

  /** As {@link #read}; a missing file is refused. */
  byte[] require(String path) {
    return read(path)
        .orElseThrow(
            () ->
                new RefusedInputException(
                    "Cannot read VIN store: a file is missing (file=" + place(path) + ")"));
  }

  @Override
  public byte[] readRange(String path, long offset, int length) {
    Path file =
        find(path)
            .orElseThrow(
                () ->
                    new RefusedInputException(
                        "Cannot read VIN store: a file is missing (file=" + place(path) + ")"));
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      int available = (int) Math.max(0, Math.min(length, channel.size() - offset));
      ByteBuffer bytes = ByteBuffer.allocate(available);
      channel.position(offset);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes) < 0) {
          throw new IOException("the file became shorter");
        }
      }
      return bytes.array();
    } catch (IOException failed) {
      throw failure(file, failed);
    }
  }

  @Override
  public OptionalLong length(String path) {
    Optional<Path> file = find(path);
    try {
      return file.isPresent() ? OptionalLong.of(Files.size(file.get())) : OptionalLong.empty();
    } catch (IOException failed) {
      throw failure(file.get(), failed);
    }
  }

  /** Sources are never written. */
  @Override
  public void write(String path, ByteBuffer content) {
    throw new UnsupportedOperationException("Cannot write into a source (path=" + path + ")");
  }

  /** Folders of shards are never listed; their blocks are those of the manifest. */
  @Override
  public List<String> list(String path) {
    throw new UnsupportedOperationException("Cannot list a source (path=" + path + ")");
  }

  @Override
  public String location() {
    return folder.toString();
  }

  /** The place of a path for messages. */
  String place(String path) {
    return folder.resolve(path).toString();
  }

  private static EnvironmentException failure(Path file, IOException failed) {
    return new EnvironmentException(
        "Cannot read VIN store: " + StorageReason.of(failed) + " (file=" + file + ")", failed);
  }
}
