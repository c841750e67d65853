package org.nbvrollouts.store.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;

/**
 * A store in a folder of remote storage whose files are known from a listing. Nothing is asked that
 * the listing tells: an absent file costs no request, any other exactly one. Files up to {@value
 * #WHOLE_BYTES} bytes are read as a whole, and the latest stay in memory, since the parts of a Zarr
 * shard are asked for one after the other. Read-only.
 */
final class ListedStoreFiles implements StoreFiles {
  private static final int WHOLE_BYTES = 4 << 20;
  private static final long KEPT_BYTES = 32L << 20;

  private final StoreIO io;
  private final StoreLocation root;
  private final NavigableMap<String, Long> sizes;
  private final LinkedHashMap<String, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long keptBytes;

  /**
   * @param sizes bytes of every file by slash path below the root
   */
  ListedStoreFiles(StoreIO io, StoreLocation root, Map<String, Long> sizes) {
    this.io = io;
    this.root = root;
    this.sizes = new TreeMap<>(sizes);
  }

  @Override
  public Optional<byte[]> read(String path) {
    Long size = sizes.get(path);
    return size == null ? Optional.empty() : Optional.of(request(path, 0, Math.toIntExact(size)));
  }

  @Override
  public byte[] readRange(String path, long offset, int length) {
    Long size = sizes.get(path);
    if (size == null) {
      throw new EnvironmentException(
          "Cannot read store file: no such file (file=%s/%s)".formatted(root, path));
    }
    int available = (int) Math.max(0, Math.min(length, size - offset));
    if (size > WHOLE_BYTES) {
      return request(path, offset, available);
    }
    return Arrays.copyOfRange(whole(path, size), (int) offset, (int) offset + available);
  }

  private byte[] whole(String path, long size) {
    synchronized (kept) {
      byte[] content = kept.get(path);
      if (content != null) {
        return content;
      }
    }
    byte[] content = request(path, 0, (int) size);
    synchronized (kept) {
      if (kept.put(path, content) == null) {
        keptBytes += content.length;
      }
      var eldest = kept.entrySet().iterator();
      while (keptBytes > KEPT_BYTES) {
        keptBytes -= eldest.next().getValue().length;
        eldest.remove();
      }
    }
    return content;
  }

  private byte[] request(String path, long offset, int length) {
    try {
      return io.readRange(root.child(path), offset, length);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read store file: %s (file=%s/%s)".formatted(StorageReason.of(e), root, path), e);
    }
  }

  @Override
  public OptionalLong length(String path) {
    Long size = sizes.get(path);
    return size == null ? OptionalLong.empty() : OptionalLong.of(size);
  }

  /** Stores are built on a local disk and then copied as they are. */
  @Override
  public void write(String path, ByteBuffer content) {
    throw new UnsupportedOperationException("Stores of remote storage are read only: " + root);
  }

  @Override
  public List<String> list(String folder) {
    return ZipStoreFiles.children(sizes, folder);
  }

  @Override
  public String location() {
    return root.text();
  }
}
