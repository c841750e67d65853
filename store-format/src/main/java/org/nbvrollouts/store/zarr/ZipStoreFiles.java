package org.nbvrollouts.store.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.zip.ZipArchive;
import org.nbvrollouts.store.zip.ZipBytes;
import org.nbvrollouts.store.zip.ZipMember;

/**
 * The files of a packed store: members of one archive on any storage that serves ranges. Whole
 * reads check the CRC-32 of the member. Read-only.
 */
public final class ZipStoreFiles implements StoreFiles {
  private static final String MANIFEST = StoreSchema.ROLLOUT_MANIFEST_FILENAME;

  private final ZipArchive archive;
  private final StoreIO io;
  private final Optional<StoreLocation> manifestCopy;

  private ZipStoreFiles(ZipArchive archive, StoreIO io, Optional<StoreLocation> manifestCopy) {
    this.archive = archive;
    this.io = io;
    this.manifestCopy = manifestCopy;
  }

  /**
   * Opens an archive on a storage.
   *
   * @param size its length in bytes, which a listing or the seal of its shard says
   */
  public static ZipStoreFiles open(StoreIO io, StoreLocation file, long size) {
    return new ZipStoreFiles(
        ZipArchive.open(new StoredBytes(io, file, size)), io, Optional.empty());
  }

  /**
   * Opens the archive in the folder of a packed store, which has a copy of the manifest beside it.
   *
   * @param size length of the archive in bytes
   */
  public static ZipStoreFiles openFolder(StoreIO io, StoreLocation folder, long size) {
    ZipArchive archive =
        ZipArchive.open(new StoredBytes(io, folder.child(StoreLayout.ARCHIVE_NAME), size));
    return new ZipStoreFiles(archive, io, Optional.of(folder.child(MANIFEST)));
  }

  /** Opens the archive in the folder of a packed store on a local disk. */
  static ZipStoreFiles openFolder(Path folder) {
    Path file = folder.resolve(StoreLayout.ARCHIVE_NAME);
    return openFolder(new LocalStoreIO(Durability.BUFFERED), StoreLocation.of(folder), size(file));
  }

  /** Opens an archive on a local disk. */
  public static ZipStoreFiles open(Path file) {
    return open(new LocalStoreIO(Durability.BUFFERED), StoreLocation.of(file), size(file));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read packed store: %s (file=%s)".formatted(StorageReason.of(e), file), e);
    }
  }

  /** The archive, for whoever needs its members as such. */
  public ZipArchive archive() {
    return archive;
  }

  @Override
  public Optional<byte[]> read(String path) {
    return member(path).map(archive::read);
  }

  @Override
  public byte[] readRange(String path, long offset, int length) {
    return member(path)
        .map(member -> archive.readRange(member, offset, length))
        .orElseThrow(
            () ->
                new EnvironmentException(
                    "Cannot read store file: no such member (file=%s/%s)"
                        .formatted(location(), path)));
  }

  @Override
  public OptionalLong length(String path) {
    Optional<ZipMember> member = member(path);
    return member.isPresent() ? OptionalLong.of(member.get().size()) : OptionalLong.empty();
  }

  /** Archives are written front to back by {@link PackedStoreFiles}, never changed. */
  @Override
  public void write(String path, ByteBuffer content) {
    throw new UnsupportedOperationException("Packed stores are read only: " + location());
  }

  @Override
  public List<String> list(String folder) {
    return children(archive.members(), folder);
  }

  /** Members whose CRC-32 or header is wrong, and a copy of the manifest that is none. */
  @Override
  public List<String> damage() {
    List<String> damage = new ArrayList<>(archive.damage());
    manifestCopy
        .filter(copy -> !Arrays.equals(read(MANIFEST).orElse(null), readCopy(copy).orElse(null)))
        .ifPresent(
            copy ->
                damage.add(
                    "the manifest beside the archive is not the one in it (file=" + copy + ")"));
    return damage;
  }

  private Optional<byte[]> readCopy(StoreLocation copy) {
    try {
      return io.read(copy);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read manifest: %s (file=%s)".formatted(StorageReason.of(e), copy), e);
    }
  }

  @Override
  public String location() {
    return archive.location();
  }

  private Optional<ZipMember> member(String path) {
    return Optional.ofNullable(archive.members().get(path));
  }

  /** Names of the direct children of a folder, in time proportional to their number. */
  static List<String> children(NavigableMap<String, ?> paths, String folder) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    List<String> names = new ArrayList<>();
    String path = paths.ceilingKey(prefix);
    while (path != null && path.startsWith(prefix)) {
      int slash = path.indexOf('/', prefix.length());
      String child = path.substring(prefix.length(), slash < 0 ? path.length() : slash);
      names.add(child);
      // '0' follows '/', so this is past everything below the child.
      path = slash < 0 ? paths.higherKey(path) : paths.ceilingKey(prefix + child + "0");
    }
    names.sort(null);
    return names;
  }

  private record StoredBytes(StoreIO io, StoreLocation file, long size) implements ZipBytes {
    @Override
    public byte[] read(long offset, int length) {
      try {
        return io.readRange(file, offset, length);
      } catch (IOException e) {
        throw new EnvironmentException(
            "Cannot read packed store: %s (file=%s)".formatted(StorageReason.of(e), file), e);
      }
    }

    @Override
    public String location() {
      return file.text();
    }
  }
}
