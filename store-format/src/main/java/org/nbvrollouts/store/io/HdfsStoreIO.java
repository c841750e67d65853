package org.nbvrollouts.store.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options.CreateOpts;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * HDFS, through {@link FileContext}, whose rename refuses a target that exists. Create-if-absent is
 * such a rename of a finished temporary file, so that the name appears with its whole content.
 * Temporary files are called {@code .<name>.<process>-<number>.tmp} and stand beside their target.
 */
public final class HdfsStoreIO implements StoreIO {
  private static final AtomicLong SCRATCH_NUMBER = new AtomicLong();

  /** Distinguishes processes on different hosts with the same number. */
  private static final String PROCESS =
      Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX)
          + Long.toString(Math.floorMod(System.nanoTime(), 1L << 40), Character.MAX_RADIX);

  private final FileContext files;
  private final Retries retries;

  HdfsStoreIO(FileContext files, RetryPolicy retry) {
    this.files = files;
    this.retries =
        new Retries(retry, failure -> StorageFailureKind.of(failure) == StorageFailureKind.PASSING);
  }

  @Override
  public Optional<byte[]> read(StoreLocation file) throws IOException {
    return retries.run("read", file, () -> readOnce(file));
  }

  private Optional<byte[]> readOnce(StoreLocation file) throws IOException {
    return HadoopStreams.readWhole(file, () -> files.open(pathOf(file)));
  }

  @Override
  public boolean readFile(StoreLocation file, Path target) throws IOException {
    return retries.run(
        "read", file, () -> HadoopStreams.copy(target, () -> files.open(pathOf(file))));
  }

  @Override
  public byte[] readRange(StoreLocation file, long offset, int length) throws IOException {
    return retries.run("read", file, () -> readRangeOnce(file, offset, length));
  }

  private byte[] readRangeOnce(StoreLocation file, long offset, int length) throws IOException {
    return HadoopStreams.readRange(
        file,
        offset,
        length,
        () -> files.open(pathOf(file)),
        () -> files.getFileStatus(pathOf(file)).getLen());
  }

  @Override
  public void write(StoreLocation file, byte[] content) throws IOException {
    retries.run("write", file, () -> replace(file, out -> out.write(content)));
  }

  @Override
  public void writeFile(StoreLocation file, Path content) throws IOException {
    retries.run("write", file, () -> replace(file, HadoopStreams.contentOf(content)));
  }

  private Void replace(StoreLocation file, HadoopStreams.Filling content) throws IOException {
    try (Scratch scratch = new Scratch(file, content)) {
      files.rename(scratch.path, pathOf(file), Rename.OVERWRITE);
      scratch.isMoved = true;
      return null;
    }
  }

  @Override
  public Creation createIfAbsent(StoreLocation file, byte[] content) throws IOException {
    return retries.run("create", file, isRepeated -> createOnce(file, content, isRepeated));
  }

  /** After a lost reply the file itself says what became of the call before. */
  private Creation createOnce(StoreLocation file, byte[] content, boolean isRepeated)
      throws IOException {
    if (isRepeated) {
      Optional<byte[]> found = readOnce(file);
      if (found.isPresent()) {
        return Arrays.equals(found.get(), content) ? Creation.CREATED : Creation.EXISTS;
      }
    } else if (files.util().exists(pathOf(file))) {
      return Creation.EXISTS;
    }
    try (Scratch scratch = new Scratch(file, out -> out.write(content))) {
      boolean isCreated = renameIfAbsent(scratch.path, pathOf(file));
      scratch.isMoved = isCreated;
      return isCreated ? Creation.CREATED : Creation.EXISTS;
    }
  }

  /**
   * Moves a folder in one step, unless something stands at the target; an empty folder there is
   * replaced.
   *
   * @return whether it was moved; an exception leaves that open
   */
  public boolean renameFolder(StoreLocation folder, StoreLocation target) throws IOException {
    org.apache.hadoop.fs.Path to = pathOf(target);
    files.mkdir(to.getParent(), org.apache.hadoop.fs.permission.FsPermission.getDirDefault(), true);
    if (!renameIfAbsent(pathOf(folder), to)) {
      return deleteIfEmpty(target) && renameIfAbsent(pathOf(folder), to);
    }
    return true;
  }

  /**
   * Bytes of files that the cluster still takes at its usual replication, quotas left aside.
   *
   * @param folder may be missing
   */
  public long freeBytes(StoreLocation folder) throws IOException {
    org.apache.hadoop.fs.Path path = pathOf(folder);
    long raw = files.getFsStatus(path).getRemaining();
    return raw / Math.max(1, files.getServerDefaults(path).getReplication());
  }

  private boolean renameIfAbsent(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
      throws IOException {
    try {
      files.rename(from, to, Rename.NONE);
      return true;
    } catch (IOException e) {
      if (StorageFailureKind.of(e) == StorageFailureKind.TAKEN) {
        return false;
      }
      throw Retries.inWords(e, "rename", new StoreLocation(to.toString()));
    }
  }

  @Override
  public boolean deleteIfEmpty(StoreLocation folder) throws IOException {
    StoreListing listing = list(folder);
    if (listing.kind() != StoreListing.Kind.FOLDER || !listing.entries().isEmpty()) {
      return false;
    }
    try {
      return files.delete(pathOf(folder), false);
    } catch (PathIsNotEmptyDirectoryException e) {
      return false;
    }
  }

  @Override
  public StoreListing list(StoreLocation folder) throws IOException {
    return retries.run("list", folder, () -> listOnce(folder));
  }

  private StoreListing listOnce(StoreLocation folder) throws IOException {
    org.apache.hadoop.fs.Path path = pathOf(folder);
    try {
      if (!files.getFileStatus(path).isDirectory()) {
        return StoreListing.FILE;
      }
      List<StoreEntry> entries = new ArrayList<>();
      RemoteIterator<FileStatus> children = files.listStatus(path);
      while (children.hasNext()) {
        entries.add(entryOf(children.next()));
      }
      return StoreListing.folder(entries);
    } catch (FileNotFoundException e) {
      return StoreListing.ABSENT;
    }
  }

  @Override
  public void visitNames(StoreLocation folder, Consumer<String> visitor) throws IOException {
    retries.run("list", folder, () -> visitNamesOnce(folder, visitor));
  }

  private Void visitNamesOnce(StoreLocation folder, Consumer<String> visitor) throws IOException {
    org.apache.hadoop.fs.Path path = pathOf(folder);
    try {
      if (files.getFileStatus(path).isDirectory()) {
        RemoteIterator<FileStatus> children = files.listStatus(path);
        while (children.hasNext()) {
          visitor.accept(children.next().getPath().getName());
        }
      }
    } catch (FileNotFoundException e) {
      // Nothing has no children.
    }
    return null;
  }

  private static StoreEntry entryOf(FileStatus status) {
    String name = status.getPath().getName();
    if (status.isFile()) {
      return new StoreEntry(name, StoreEntry.Kind.FILE, status.getLen());
    }
    return new StoreEntry(
        name, status.isDirectory() ? StoreEntry.Kind.FOLDER : StoreEntry.Kind.OTHER, 0);
  }

  @Override
  public Optional<Instant> modifiedAt(StoreLocation file) throws IOException {
    return retries.run("ask", file, () -> modifiedAtOnce(file));
  }

  private Optional<Instant> modifiedAtOnce(StoreLocation file) throws IOException {
    try {
      return Optional.of(
          Instant.ofEpochMilli(files.getFileStatus(pathOf(file)).getModificationTime()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public void delete(StoreLocation location) throws IOException {
    retries.run("delete", location, () -> deleteOnce(location));
  }

  private boolean deleteOnce(StoreLocation location) throws IOException {
    try {
      return files.delete(pathOf(location), true);
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private static org.apache.hadoop.fs.Path pathOf(StoreLocation location) {
    return new org.apache.hadoop.fs.Path(location.text());
  }

  /** A finished temporary file beside its target, removed unless it was moved. */
  private final class Scratch implements AutoCloseable {
    private final org.apache.hadoop.fs.Path path;
    private boolean isMoved;

    Scratch(StoreLocation target, HadoopStreams.Filling content) throws IOException {
      org.apache.hadoop.fs.Path place = pathOf(target);
      this.path =
          new org.apache.hadoop.fs.Path(
              place.getParent(),
              "."
                  + place.getName()
                  + "."
                  + PROCESS
                  + "-"
                  + SCRATCH_NUMBER.incrementAndGet()
                  + ".tmp");
      try (OutputStream out =
          files.create(path, EnumSet.of(CreateFlag.CREATE), CreateOpts.createParent())) {
        content.fill(out);
      } catch (IOException e) {
        try {
          close();
        } catch (IOException second) {
          e.addSuppressed(second);
        }
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      if (!isMoved) {
        deleteOnce(new StoreLocation(path.toString()));
      }
    }
  }
}
