package org.nbvrollouts.store.check;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.manifest.StoreFile;
import org.nbvrollouts.store.zarr.StoreFiles;

/**
 * Files of a store that are hashed by being read: the hash of a file is that of the very bytes that
 * were handed out, so a seal made of it covers what was judged. A file that is read in parts is
 * hashed as a whole before its first part is handed out. Read-only, thread-safe.
 */
public final class HashedFiles implements StoreFiles {
  private static final int PART_BYTES = 4 << 20;

  private final StoreFiles files;
  private final Map<String, StoreFile> hashes = new ConcurrentHashMap<>();

  public HashedFiles(StoreFiles files) {
    this.files = files;
  }

  /** Every file that was read so far. */
  public List<StoreFile> hashed() {
    return List.copyOf(hashes.values());
  }

  /**
   * Reads and hashes a whole file.
   *
   * @throws EnvironmentException if the file was read before and had other bytes
   */
  @Override
  public Optional<byte[]> read(String path) {
    Optional<byte[]> content = files.read(path);
    content.ifPresent(bytes -> keep(fileOf(path, newDigest(bytes), bytes.length)));
    return content;
  }

  @Override
  public byte[] readRange(String path, long offset, int length) {
    hash(path);
    return files.readRange(path, offset, length);
  }

  /** Hashes a file that exists, unless it is hashed already; for what others read from it. */
  public void hash(String path) {
    hashes.computeIfAbsent(path, this::hashInParts);
  }

  private StoreFile hashInParts(String path) {
    MessageDigest digest = CanonicalJson.newSha256();
    long size = 0;
    byte[] part = files.readRange(path, 0, PART_BYTES);
    while (part.length > 0) {
      digest.update(part);
      size += part.length;
      part = part.length < PART_BYTES ? new byte[0] : files.readRange(path, size, PART_BYTES);
    }
    return fileOf(path, digest, size);
  }

  private static MessageDigest newDigest(byte[] bytes) {
    MessageDigest digest = CanonicalJson.newSha256();
    digest.update(bytes);
    return digest;
  }

  private static StoreFile fileOf(String path, MessageDigest digest, long size) {
    return new StoreFile(path, HexFormat.of().formatHex(digest.digest()), size);
  }

  private void keep(StoreFile file) {
    StoreFile earlier = hashes.putIfAbsent(file.path(), file);
    if (earlier != null && !earlier.equals(file)) {
      throw new EnvironmentException(
          "Cannot seal store: a file changed while it was read (file=%s/%s, expected=%s, actual=%s);"
                  .formatted(files.location(), file.path(), earlier.sha256(), file.sha256())
              + " find out who else writes there, run again");
    }
  }

  @Override
  public OptionalLong length(String path) {
    return files.length(path);
  }

  @Override
  public void write(String path, ByteBuffer content) {
    throw new UnsupportedOperationException("Cannot write a store that is being judged");
  }

  @Override
  public List<String> list(String folder) {
    return files.list(folder);
  }

  @Override
  public String location() {
    return files.location();
  }
}
