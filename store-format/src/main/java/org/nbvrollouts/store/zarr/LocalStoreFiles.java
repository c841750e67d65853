package org.nbvrollouts.store.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.StoreIO;

/** A store in a local directory, through {@code java.nio} alone. */
final class LocalStoreFiles implements StoreFiles {
  private static final int WHOLE_READ_LIMIT_BYTES = StoreIO.wholeReadLimit(Integer.MAX_VALUE - 8);

  private final Path root;
  private volatile Path realRoot;

  /**
   * Folders that this instance has made or found; asking the disk twice costs more than writing.
   */
  private final Set<Path> folders = ConcurrentHashMap.newKeySet();

  LocalStoreFiles(Path root) {
    this.root = root;
  }

  /**
   * A file that may be opened: a regular one, in the store. Opening a pipe or a device would wait
   * or never end; a link may stay within the store.
   */
  private Path regular(String path) throws IOException {
    Path file = root.resolve(path);
    BasicFileAttributes attributes = attributes(file);
    if (attributes.isDirectory()) {
      throw new InvalidContentException(
          "Cannot read store file: it is a folder (file=" + file + ")");
    }
    if (!attributes.isRegularFile()) {
      throw new InvalidContentException(
          "Cannot read store file: it is no regular file (file=" + file + ")");
    }
    if (!file.toRealPath().startsWith(realRoot())) {
      throw new InvalidContentException(
          "Cannot read store file: a link leads out of the store (file=%s, target=%s); copy the store with its links resolved"
              .formatted(file, file.toRealPath()));
    }
    return file;
  }

  private Path realRoot() throws IOException {
    if (realRoot == null) {
      realRoot = root.toRealPath();
    }
    return realRoot;
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (FileSystemException e) {
      if (Files.isRegularFile(file.getParent())) {
        // Asked below a file, the system says "not a directory" and Java has no class for that.
        throw new NoSuchFileException(file.toString());
      }
      throw e;
    }
  }

  @Override
  public Optional<byte[]> read(String path) {
    try {
      Path file = regular(path);
      long bytes = Files.size(file);
      if (bytes > WHOLE_READ_LIMIT_BYTES) {
        throw new InvalidContentException(
            "Cannot read store file: %d bytes (expected at most %d with this heap, file=%s)"
                .formatted(bytes, WHOLE_READ_LIMIT_BYTES, file));
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure("read", path, e);
    }
  }

  @Override
  public byte[] readRange(String path, long offset, int length) {
    try (SeekableByteChannel channel = Files.newByteChannel(regular(path))) {
      long available = Math.max(0, Math.min(length, channel.size() - offset));
      ByteBuffer bytes = ByteBuffer.allocate((int) available);
      channel.position(offset);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Reads until the range is complete or the file ends.
      }
      return bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
    } catch (IOException e) {
      throw failure("read", path, e);
    }
  }

  @Override
  public OptionalLong length(String path) {
    try {
      return OptionalLong.of(Files.size(regular(path)));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw failure("read", path, e);
    }
  }

  @Override
  public void write(String path, ByteBuffer content) {
    Path file = root.resolve(path);
    try {
      createFolder(file.getParent());
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        while (content.hasRemaining()) {
          channel.write(content);
        }
      }
    } catch (IOException e) {
      throw failure("write", path, e);
    }
  }

  private void createFolder(Path folder) throws IOException {
    if (folders.contains(folder)) {
      return;
    }
    if (folder.equals(root)) {
      Files.createDirectories(folder);
    } else {
      createFolder(folder.getParent());
      try {
        Files.createDirectory(folder);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(folder)) {
          throw e;
        }
      }
    }
    folders.add(folder);
  }

  @Override
  public void writeFrom(String path, Path localFile) {
    Path file = root.resolve(path);
    try {
      Files.createDirectories(file.getParent());
      Files.move(localFile, file);
    } catch (IOException e) {
      throw failure("write", path, e);
    }
  }

  @Override
  public List<String> list(String folder) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(root.resolve(folder))) {
      for (Path child : children) {
        names.add(child.getFileName().toString());
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw failure("list", folder, e);
    }
    names.sort(null);
    return names;
  }

  @Override
  public String location() {
    return root.toString();
  }

  private EnvironmentException failure(String verb, String path, IOException cause) {
    return new EnvironmentException(
        "Cannot %s store file: %s (file=%s)"
            .formatted(verb, StorageReason.of(cause), root.resolve(path)),
        cause);
  }
}
