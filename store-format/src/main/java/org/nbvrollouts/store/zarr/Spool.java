package org.nbvrollouts.store.zarr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private FileChannel channel;
  private long size;

  Spool(Scratch scratch) {
    this.scratch = scratch;
  }

  long size() {
    return size;
  }

  void append(byte[] bytes) {
    append(ByteBuffer.wrap(bytes));
  }

  void append(ByteBuffer bytes) {
    size += bytes.remaining();
    if (channel == null && memory.size() + (long) bytes.remaining() <= MOST_IN_MEMORY) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      memory.writeBytes(copy);
      return;
    }
    try {
      if (channel == null) {
        file = scratch.newFile();
        channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        writeFully(ByteBuffer.wrap(memory.toByteArray()));
        memory.reset();
      }
      writeFully(bytes.duplicate());
    } catch (IOException e) {
      throw failure("write", e);
    }
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** So many bytes from an offset; they must be there. */
  ByteBuffer read(long offset, int length) {
    if (file == null) {
      return ByteBuffer.wrap(memory.toByteArray(), (int) offset, length).slice();
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, offset + bytes.position()) < 0) {
          throw new IOException("the file is shorter than what was written");
        }
      }
    } catch (IOException e) {
      throw failure("read", e);
    }
    return bytes.flip();
  }

  /** Releases the file handle; nothing can be appended or read any more. */
  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
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
