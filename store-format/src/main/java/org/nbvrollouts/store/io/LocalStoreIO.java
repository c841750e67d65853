package org.nbvrollouts.store.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Local disks and what is mounted like one, on {@code java.nio} alone. Create-if-absent is a hard
 * link of a finished temporary file: the link call fails if the name is taken, and the name appears
 * with the whole content (specification campaign 9.1). Temporary files are called {@code
 * .<name>.<process>-<number>.tmp} and stand beside their target.
 */
public final class LocalStoreIO implements StoreIO {
  private static final long WHOLE_READ_LIMIT_BYTES = StoreIO.wholeReadLimit(Integer.MAX_VALUE - 8);
  private static final int FOLDER_TRIES = 16;

  private final Durability durability;

  public LocalStoreIO(Durability durability) {
    this.durability = durability;
  }

  @Override
  public Optional<byte[]> read(StoreLocation file) throws IOException {
    Path path = file.localPath();
    try {
      long size = requireRegular(path).size();
      if (size > WHOLE_READ_LIMIT_BYTES) {
        throw new IrregularFileException(
            path.toString(), "it is too large for one read, %d bytes".formatted(size));
      }
      return Optional.of(Files.readAllBytes(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Opening a pipe or a device would wait or never end, and a link leads out of the root. */
  private static BasicFileAttributes requireRegular(Path path) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      String what =
          attributes.isDirectory()
              ? "it is a folder"
              : attributes.isSymbolicLink() ? "it is a link" : "it is no regular file";
      throw new IrregularFileException(path.toString(), what);
    }
    return attributes;
  }

  @Override
  public boolean readFile(StoreLocation file, Path target) throws IOException {
    Path path = file.localPath();
    try {
      requireRegular(path);
      Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (NoSuchFileException e) {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public byte[] readRange(StoreLocation file, long offset, int length) throws IOException {
    requireRegular(file.localPath());
    try (FileChannel channel = FileChannel.open(file.localPath(), StandardOpenOption.READ)) {
      if (offset + length > channel.size()) {
        throw new EOFException(
            "Cannot read file: it ends too early (file=%s, bytes=%d, expected=%d)"
                .formatted(file, channel.size(), offset + length));
      }
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new EOFException("Cannot read file: it became shorter (file=" + file + ")");
        }
      }
      return buffer.array();
    }
  }

  @Override
  public void write(StoreLocation file, byte[] content) throws IOException {
    replace(file.localPath(), scratch -> writeNew(scratch, content));
  }

  @Override
  public void writeFile(StoreLocation file, Path content) throws IOException {
    replace(
        file.localPath(),
        scratch -> {
          // A stream: copying a file would copy its permissions, and temporary files are private.
          try (InputStream in = Files.newInputStream(content)) {
            Files.copy(in, scratch);
          }
          if (durability == Durability.FORCED) {
            LocalDisk.force(scratch);
          }
        });
  }

  private void replace(Path target, Filling filling) throws IOException {
    Path scratch = writeScratch(target, filling);
    try {
      Files.move(
          scratch, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceFolder(parentOf(target));
    } finally {
      Files.deleteIfExists(scratch);
    }
  }

  @Override
  public Creation createIfAbsent(StoreLocation file, byte[] content) throws IOException {
    Path target = file.localPath();
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return Creation.EXISTS;
    }
    Path scratch = writeScratch(target, path -> writeNew(path, content));
    try {
      Files.createLink(target, scratch);
      forceFolder(parentOf(target));
      return Creation.CREATED;
    } catch (FileAlreadyExistsException e) {
      return Creation.EXISTS;
    } finally {
      Files.deleteIfExists(scratch);
    }
  }

  @Override
  public StoreListing list(StoreLocation folder) throws IOException {
    Path path = folder.localPath();
    try {
      BasicFileAttributes own =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean isFolder =
          own.isSymbolicLink()
              ? Files.readAttributes(path, BasicFileAttributes.class).isDirectory()
              : own.isDirectory();
      if (!isFolder) {
        return StoreListing.FILE;
      }
      List<StoreEntry> entries = new ArrayList<>();
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          entryOf(child).ifPresent(entries::add);
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
      return own.isSymbolicLink() ? StoreListing.link(entries) : StoreListing.folder(entries);
    } catch (NoSuchFileException e) {
      return StoreListing.ABSENT;
    }
  }

  @Override
  public void visitNames(StoreLocation folder, Consumer<String> visitor) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder.localPath())) {
      for (Path child : children) {
        visitor.accept(child.getFileName().toString());
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Nothing, or a file, has no children.
      return;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  @Override
  public Optional<Instant> modifiedAt(StoreLocation file) throws IOException {
    try {
      return Optional.of(
          Files.getLastModifiedTime(file.localPath(), LinkOption.NOFOLLOW_LINKS).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean deleteIfEmpty(StoreLocation folder) throws IOException {
    Path path = folder.localPath();
    try {
      return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(path);
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }

  @Override
  public void delete(StoreLocation location) throws IOException {
    Path root = location.localPath();
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static Optional<StoreEntry> entryOf(Path child) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      String name = child.getFileName().toString();
      if (attributes.isRegularFile()) {
        return Optional.of(new StoreEntry(name, StoreEntry.Kind.FILE, attributes.size()));
      }
      StoreEntry.Kind kind =
          attributes.isDirectory() ? StoreEntry.Kind.FOLDER : StoreEntry.Kind.OTHER;
      return Optional.of(new StoreEntry(name, kind, 0));
    } catch (NoSuchFileException e) {
      // Another process removed the child after the folder was read.
      return Optional.empty();
    }
  }

  /** Writes a new file. */
  private interface Filling {
    void fill(Path scratch) throws IOException;
  }

  /** Writes the content to a new file beside the target; nothing is left if that fails. */
  private Path writeScratch(Path target, Filling filling) throws IOException {
    IOException last = null;
    for (int attempt = 0; attempt < FOLDER_TRIES; attempt++) {
      Path scratch = LocalPaths.scratchBeside(target);
      try {
        Files.createDirectories(parentOf(target));
        filling.fill(scratch);
        return scratch;
      } catch (FileAlreadyExistsException | NoSuchFileException e) {
        // A dead process left this name, or a cleaner removed the empty folder meanwhile.
        last = e;
      } catch (IOException e) {
        suppressing(e, scratch);
        throw e;
      }
    }
    throw last;
  }

  private static void suppressing(IOException failure, Path scratch) {
    try {
      Files.deleteIfExists(scratch);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private void writeNew(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      if (durability == Durability.FORCED) {
        channel.force(true);
      }
    }
  }

  private void forceFolder(Path folder) throws IOException {
    if (durability == Durability.FORCED) {
      LocalDisk.force(folder);
    }
  }

  private static Path parentOf(Path path) {
    Path parent = path.getParent();
    return parent == null ? Path.of(".") : parent;
  }
}
