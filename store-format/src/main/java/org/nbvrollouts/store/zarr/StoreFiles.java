package org.nbvrollouts.store.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;

/**
 * The files of one store, by slash path below its root. Failures of the storage are {@link
 * org.nbvrollouts.store.error.EnvironmentException}; only "nothing there" is empty. Thread-safe.
 */
public interface StoreFiles {

  /** Those of a store in a local directory. */
  static StoreFiles local(Path directory) {
    return new LocalStoreFiles(directory);
  }

  /** The whole content, or empty if there is no such file. */
  Optional<byte[]> read(String path);

  /** A part of a file that exists; shorter if the file ends before. */
  byte[] readRange(String path, long offset, int length);

  /** Length in bytes, or empty if there is no such file. */
  OptionalLong length(String path);

  /** Writes a new file with the remaining bytes of {@code content}, and the folders above it. */
  void write(String path, ByteBuffer content);

  /**
   * Writes a new file with the content of a local file, which may be gone afterwards: where both
   * are on one disk it is moved. The default writes its bytes, mapped into memory.
   */
  default void writeFrom(String path, Path localFile) {
    try (FileChannel channel = FileChannel.open(localFile)) {
      write(path, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read scratch file: %s (file=%s)".formatted(StorageReason.of(e), localFile), e);
    }
  }

  /** Names of the direct children of a folder, sorted; empty if there is no such folder. */
  List<String> list(String folder);

  /**
   * What is wrong with the container of the files, if there is one: found by reading all of it.
   * Files that are files of the storage have none.
   */
  default List<String> damage() {
    return List.of();
  }

  /** Where the store lies, for messages. */
  String location();
}
