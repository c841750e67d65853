package org.nbvrollouts.store.zarr;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.zip.ZipArchiveWriter;

/**
 * A packed store while it is written. Files may come in any order, so they are first appended to
 * one scratch file; {@link #writeArchive} then copies them in the order of their names. Memory is
 * bounded by the number of files; the disk holds the content twice for as long as that takes.
 */
final class PackedStoreFiles implements StoreFiles, AutoCloseable {
  private static final int COPY_BYTES = 1 << 20;

  private final Path scratch;
  private final FileChannel channel;
  private final TreeMap<String, Part> parts = new TreeMap<>();
  private long position;

  private record Part(long offset, long size, int crc32) {}

  private PackedStoreFiles(Path scratch, FileChannel channel) {
    this.scratch = scratch;
    this.channel = channel;
  }

  /**
   * Starts a store.
   *
   * @param scratch local file for the contents; must not exist, and is removed on close
   */
  public static PackedStoreFiles create(Path scratch) {
    try {
      return new PackedStoreFiles(
          scratch,
          FileChannel.open(
              scratch,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write store: %s (file=%s)".formatted(StorageReason.of(e), scratch), e);
    }
  }

  @Override
  public synchronized void write(String path, ByteBuffer content) {
    if (parts.containsKey(path)) {
      throw new EnvironmentException(
          "Cannot write store file: it is written already (file=%s)".formatted(path));
    }
    CRC32 crc32 = new CRC32();
    crc32.update(content.duplicate());
    Part part = new Part(position, content.remaining(), (int) crc32.getValue());
    try {
      while (content.hasRemaining()) {
        position += channel.write(content, position);
      }
    } catch (IOException e) {
      throw failure("write", path, e);
    }
    parts.put(path, part);
  }

  @Override
  public synchronized Optional<byte[]> read(String path) {
    Part part = parts.get(path);
    return part == null
        ? Optional.empty()
        : Optional.of(readRange(path, 0, Math.toIntExact(part.size)));
  }

  @Override
  public synchronized byte[] readRange(String path, long offset, int length) {
    Part part = parts.get(path);
    int available = (int) Math.max(0, Math.min(length, part.size - offset));
    ByteBuffer bytes = ByteBuffer.allocate(available);
    try {
      fill(bytes, part.offset + offset);
    } catch (IOException e) {
      throw failure("read", path, e);
    }
    return bytes.array();
  }

  @Override
  public synchronized OptionalLong length(String path) {
    Part part = parts.get(path);
    return part == null ? OptionalLong.empty() : OptionalLong.of(part.size);
  }

  @Override
  public synchronized List<String> list(String folder) {
    return ZipStoreFiles.children(parts, folder);
  }

  @Override
  public String location() {
    return scratch.toString();
  }

  /**
   * Writes the archive to a new local file.
   *
   * @return its bytes
   */
  public long writeArchive(Path archive) {
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(archive, StandardOpenOption.CREATE_NEW), COPY_BYTES)) {
      return writeArchive(out);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write packed store: %s (file=%s)".formatted(StorageReason.of(e), archive), e);
    }
  }

  /**
   * Writes the archive front to back, wherever it goes.
   *
   * @param out stays open
   * @return its bytes
   */
  public synchronized long writeArchive(OutputStream out) throws IOException {
    ZipArchiveWriter archive = new ZipArchiveWriter(out);
    for (Map.Entry<String, Part> file : parts.entrySet()) {
      Part part = file.getValue();
      archive.add(file.getKey(), part.size, part.crc32, member -> copy(part, member));
    }
    return archive.finish();
  }

  private void copy(Part part, OutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(COPY_BYTES, part.size));
    for (long done = 0; done < part.size; done += bytes.limit()) {
      bytes.clear().limit((int) Math.min(bytes.capacity(), part.size - done));
      fill(bytes, part.offset + done);
      out.write(bytes.array(), 0, bytes.limit());
    }
  }

  private void fill(ByteBuffer bytes, long offset) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new IOException("the scratch file ends too early");
      }
    }
  }

  /** Removes the scratch file. */
  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(scratch);
    } catch (IOException e) {
      throw failure("remove", "", e);
    }
  }

  private EnvironmentException failure(String verb, String path, IOException cause) {
    return new EnvironmentException(
        "Cannot %s store file: %s (file=%s, scratch=%s)"
            .formatted(verb, StorageReason.of(cause), path, scratch),
        cause);
  }
}
