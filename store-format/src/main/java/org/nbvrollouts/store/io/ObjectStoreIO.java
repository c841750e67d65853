package org.nbvrollouts.store.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.FutureIO;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * S3 and other object stores, through a {@link FileSystem} of Hadoop. A file is one upload, visible
 * when complete; create-if-absent is an upload on the condition that nothing is there, which the
 * server decides. A file system that cannot do that is refused when it is first asked to.
 */
final class ObjectStoreIO implements StoreIO {
  /** Names in Hadoop from 3.4.2 on; an older one refuses what is demanded and unknown. */
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

  private static final String NO_PROBES = "fs.s3a.create.performance";

  private final FileSystem files;
  private final Function<IOException, StorageFailureKind> kindOf;
  private final Retries retries;

  /**
   * @param kindOf what failures of this file system mean
   */
  ObjectStoreIO(
      FileSystem files, RetryPolicy retry, Function<IOException, StorageFailureKind> kindOf) {
    this.files = files;
    this.kindOf = kindOf;
    this.retries =
        new Retries(
            retry,
            failure -> {
              StorageFailureKind kind = kindOf.apply(failure);
              return kind == StorageFailureKind.PASSING || kind == StorageFailureKind.CONFLICT;
            });
  }

  @Override
  public Optional<byte[]> read(StoreLocation file) throws IOException {
    return retries.run("read", file, () -> readOnce(file));
  }

  private Optional<byte[]> readOnce(StoreLocation file) throws IOException {
    return HadoopStreams.readWhole(file, () -> openWhole(file));
  }

  private FSDataInputStream openWhole(StoreLocation file) throws IOException {
    return FutureIO.awaitFuture(
        files
            .openFile(pathOf(file))
            .opt(
                OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY,
                OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_WHOLE_FILE)
            .build());
  }

  @Override
  public boolean readFile(StoreLocation file, Path target) throws IOException {
    return retries.run("read", file, () -> HadoopStreams.copy(target, () -> openWhole(file)));
  }

  @Override
  public byte[] readRange(StoreLocation file, long offset, int length) throws IOException {
    return length == 0
        ? new byte[0]
        : retries.run("read", file, () -> readRangeOnce(file, offset, length));
  }

  private byte[] readRangeOnce(StoreLocation file, long offset, int length) throws IOException {
    return HadoopStreams.readRange(
        file,
        offset,
        length,
        () -> openRange(file, Math.addExact(offset, length)),
        () -> files.getFileStatus(pathOf(file)).getLen());
  }

  /** Says that the file is at least as long as the range needs, which saves asking for its size. */
  private FSDataInputStream openRange(StoreLocation file, long end) throws IOException {
    return FutureIO.awaitFuture(
        files
            .openFile(pathOf(file))
            .opt(
                OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY,
                OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_RANDOM)
            .opt(OpenFileOptions.FS_OPTION_OPENFILE_LENGTH, Long.toString(end))
            .build());
  }

  @Override
  public void write(StoreLocation file, byte[] content) throws IOException {
    retries.run("write", file, () -> upload(file, false, out -> out.write(content)));
  }

  @Override
  public void writeFile(StoreLocation file, Path content) throws IOException {
    retries.run("write", file, () -> upload(file, false, HadoopStreams.contentOf(content)));
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
    }
    try {
      upload(file, true, out -> out.write(content));
      return Creation.CREATED;
    } catch (IOException e) {
      if (kindOf.apply(e) == StorageFailureKind.TAKEN) {
        return Creation.EXISTS;
      }
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ConditionalCreateException(file, e);
    }
  }

  private Void upload(StoreLocation file, boolean onlyIfAbsent, HadoopStreams.Filling content)
      throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder =
        files.createFile(pathOf(file)).recursive().overwrite(true);
    builder.opt(NO_PROBES, true);
    if (onlyIfAbsent) {
      if (!files.hasPathCapability(pathOf(file), CONDITIONAL)) {
        throw new ConditionalCreateException(file, null);
      }
      builder.must(CONDITIONAL, true);
    }
    OutputStream out = (OutputStream) builder.build();
    boolean isFilled = false;
    try {
      content.fill(out);
      isFilled = true;
    } finally {
      if (!isFilled && out instanceof org.apache.hadoop.fs.Abortable upload) {
        upload.abort();
      }
    }
    out.close();
    return null;
  }

  @Override
  public StoreListing list(StoreLocation folder) throws IOException {
    return retries.run("list", folder, () -> listOnce(folder));
  }

  private StoreListing listOnce(StoreLocation folder) throws IOException {
    org.apache.hadoop.fs.Path path = pathOf(folder);
    List<StoreEntry> entries = new ArrayList<>();
    try {
      RemoteIterator<FileStatus> children = files.listStatusIterator(path);
      while (children.hasNext()) {
        FileStatus child = children.next();
        if (child.getPath().equals(files.makeQualified(path))) {
          return StoreListing.FILE;
        }
        entries.add(entryOf(child));
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
      RemoteIterator<FileStatus> children = files.listStatusIterator(path);
      while (children.hasNext()) {
        org.apache.hadoop.fs.Path child = children.next().getPath();
        // The listing of a file is the file.
        if (!child.equals(files.makeQualified(path))) {
          visitor.accept(child.getName());
        }
      }
    } catch (FileNotFoundException e) {
      // Nothing has no children.
    }
    return null;
  }

  @Override
  public SortedMap<String, StoreEntry> listTree(StoreLocation folder) throws IOException {
    return retries.run("list", folder, () -> listTreeOnce(folder));
  }

  @Override
  public SortedMap<String, StoreEntry> listTree(StoreLocation folder, StoreListing listing)
      throws IOException {
    return listing.entries().stream().anyMatch(StoreEntry::isFolder)
        ? listTree(folder)
        : StoreIO.super.listTree(folder, listing);
  }

  /** One request per thousand files, where a walk needs one per folder. */
  private SortedMap<String, StoreEntry> listTreeOnce(StoreLocation folder) throws IOException {
    SortedMap<String, StoreEntry> found = new TreeMap<>(CanonicalJson.CODE_POINT_ORDER);
    String prefix = files.makeQualified(pathOf(folder)) + "/";
    try {
      RemoteIterator<LocatedFileStatus> below = files.listFiles(pathOf(folder), true);
      while (below.hasNext()) {
        FileStatus file = below.next();
        String path = file.getPath().toString();
        if (path.startsWith(prefix)) {
          found.put(path.substring(prefix.length()), entryOf(file));
        }
      }
      return found;
    } catch (FileNotFoundException e) {
      return found;
    }
  }

  private static StoreEntry entryOf(FileStatus status) {
    return status.isDirectory()
        ? new StoreEntry(status.getPath().getName(), StoreEntry.Kind.FOLDER, 0)
        : new StoreEntry(status.getPath().getName(), StoreEntry.Kind.FILE, status.getLen());
  }

  @Override
  public Optional<Instant> modifiedAt(StoreLocation file) throws IOException {
    return retries.run("ask", file, () -> modifiedAtOnce(file));
  }

  private Optional<Instant> modifiedAtOnce(StoreLocation file) throws IOException {
    try {
      FileStatus status = files.getFileStatus(pathOf(file));
      // A folder is no object and has no time; the client says that it was written just now.
      return status.isDirectory()
          ? Optional.empty()
          : Optional.of(Instant.ofEpochMilli(status.getModificationTime()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public void delete(StoreLocation location) throws IOException {
    retries.run("delete", location, () -> files.delete(pathOf(location), true));
  }

  @Override
  public boolean deleteIfEmpty(StoreLocation folder) throws IOException {
    StoreListing listing = list(folder);
    if (listing.kind() != StoreListing.Kind.FOLDER || !listing.entries().isEmpty()) {
      return false;
    }
    try {
      // Without recursion no object but the one in place of the folder is removed.
      return retries.run("delete", folder, () -> files.delete(pathOf(folder), false));
    } catch (PathIsNotEmptyDirectoryException e) {
      return false;
    }
  }

  private static org.apache.hadoop.fs.Path pathOf(StoreLocation location) {
    return new org.apache.hadoop.fs.Path(location.text());
  }
}
