package org.nbvrollouts.store.zarr;

import dev.zarr.zarrjava.store.Store;
import dev.zarr.zarrjava.store.StoreHandle;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.io.StoreIO;

/**
 * What the Zarr library sees of one array: its chunk files. Documents are parsed and written by
 * this package.
 */
final class ArrayStore implements Store {
  private static final int MOST_BYTES = StoreIO.wholeReadLimit(Integer.MAX_VALUE - 8);

  private final StoreFiles files;
  private final String arrayPath;
  private final Map<String, OptionalLong> lengths = new ConcurrentHashMap<>();

  ArrayStore(StoreFiles files, String arrayPath) {
    this.files = files;
    this.arrayPath = arrayPath;
  }

  private String path(String[] keys) {
    return arrayPath + "/" + String.join("/", keys);
  }

  @Override
  public boolean exists(String[] keys) {
    return length(keys).isPresent();
  }

  @Override
  public ByteBuffer get(String[] keys) {
    return files.read(path(keys)).map(ByteBuffer::wrap).orElse(null);
  }

  @Override
  public ByteBuffer get(String[] keys, long start) {
    OptionalLong length = length(keys);
    if (length.isEmpty()) {
      return null;
    }
    long first = start < 0 ? Math.max(0, length.getAsLong() + start) : start;
    return range(keys, first, length.getAsLong());
  }

  @Override
  public ByteBuffer get(String[] keys, long start, long end) {
    return length(keys).isEmpty() ? null : range(keys, start, end);
  }

  /**
   * Asked once for a file: every chunk of a Zarr shard would ask again, which costs a round trip.
   */
  private OptionalLong length(String[] keys) {
    return lengths.computeIfAbsent(path(keys), files::length);
  }

  private ByteBuffer range(String[] keys, long start, long end) {
    if (start < 0 || end < start || end - start > MOST_BYTES) {
      throw new InvalidContentException(
          "Cannot read store file: bytes %d to %d (expected at most %d with this heap, file=%s/%s)"
              .formatted(start, end, MOST_BYTES, files.location(), path(keys)));
    }
    return ByteBuffer.wrap(files.readRange(path(keys), start, (int) (end - start)));
  }

  @Override
  public void set(String[] keys, ByteBuffer bytes) {
    lengths.remove(path(keys));
    files.write(path(keys), bytes.duplicate());
  }

  /** The library deletes chunks that equal the fill value; new stores have none to delete. */
  @Override
  public void delete(String[] keys) {}

  @Override
  public StoreHandle resolve(String... keys) {
    return new StoreHandle(this, keys);
  }

  @Override
  public String toString() {
    return files.location() + "/" + arrayPath;
  }
}
