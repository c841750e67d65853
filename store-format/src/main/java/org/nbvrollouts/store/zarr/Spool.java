package org.nbvrollouts.store.zarr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;

/**
 * Bytes that are appended and read later: in memory while they are few, then in a scratch file. For
 * one thread at a time.
 */
final class Spool implements AutoCloseable {
  private static final int MOST_IN_MEMORY = 1 << 18;

  private final Scratch scratch;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private Path file;

  /** No channel: an interrupted thread would close it, and cancellation look like a broken disk. */
  private RandomAccessFile disk;

  private long size;

  Spool(Scratch scratch) {
    this.scratch = scratch;
  }

  long size() {
    return size;
  }

  void append(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    append(copy);
  }

  void append(byte[] bytes) {
    size += bytes.length;
    if (disk == null && memory.size() + (long) bytes.length <= MOST_IN_MEMORY) {
      memory.writeBytes(bytes);
      return;
    }
    try {
      if (disk == null) {
        file = scratch.newFile();
        disk = new RandomAccessFile(file.toFile(), "rw");
        disk.write(memory.toByteArray());
        memory.reset();
      }
      disk.seek(size - bytes.length);
      disk.write(bytes);
    } catch (IOException e) {
      throw failure("write", e);
    }
  }

  /** So many bytes from an offset; they must be there. */
  ByteBuffer read(long offset, int length) {
    if (file == null) {
      return ByteBuffer.wrap(memory.toByteArray(), (int) offset, length).slice();
    }
    byte[] bytes = new byte[length];
    try {
      disk.seek(offset);
      disk.readFully(bytes);
    } catch (IOException e) {
      throw failure("read", e);
    }
    return ByteBuffer.wrap(bytes);
  }

  /** Releases the file handle; nothing can be appended or read any more. */
  @Override
  public void close() {
    try {
      if (disk != null) {
        disk.close();
      }
    } catch (IOException e) {
      throw failure("close", e);
    }
  }

  /** Closes the spool and makes its bytes a file of a store. */
  void moveTo(StoreFiles files, String path) {
    close();
    if (file == null) {
      files.write(path, ByteBuffer.wrap(memory.toByteArray()));
    } else {
      files.writeFrom(path, file);
    }
  }

  private EnvironmentException failure(String verb, IOException cause) {
    return new EnvironmentException(
        "Cannot %s scratch file: %s (file=%s)".formatted(verb, StorageReason.of(cause), file),
        cause);
  }
}
