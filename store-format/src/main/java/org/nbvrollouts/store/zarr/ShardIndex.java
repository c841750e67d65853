package org.nbvrollouts.store.zarr;

import dev.zarr.zarrjava.ZarrException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/** Offset and length of each chunk of one Zarr shard, as its end says. Immutable. */
final class ShardIndex {
  private static final long NO_CHUNK = -1;

  private final int shard;
  private final long dataBytes;

  /** Two for each chunk; none if the file is absent. */
  private final long[] entries;

  private ShardIndex(int shard, long dataBytes, long[] entries) {
    this.shard = shard;
    this.dataBytes = dataBytes;
    this.entries = entries;
  }

  /**
   * Reads the index of a Zarr shard whose checksum must match and whose chunks must not lie on each
   * other: they would let a small file stand for any number of elements.
   *
   * @param path the file, which may be absent
   * @param shard number of the Zarr shard
   */
  static ShardIndex read(StoreFiles files, String path, int shard, int chunks)
      throws ZarrException {
    OptionalLong fileBytes = files.length(path);
    if (fileBytes.isEmpty()) {
      return new ShardIndex(shard, 0, new long[0]);
    }
    int entryBytes = 2 * Long.BYTES * chunks;
    long dataBytes = fileBytes.getAsLong() - entryBytes - Integer.BYTES;
    if (dataBytes < 0) {
      throw new ZarrException(
          "the Zarr shard has %d bytes, less than its index".formatted(fileBytes.getAsLong()));
    }
    byte[] tail = files.readRange(path, dataBytes, entryBytes + Integer.BYTES);
    if (tail.length < entryBytes + Integer.BYTES) {
      throw new ZarrException("the Zarr shard ends early");
    }
    ByteBuffer bytes = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
    CRC32C checksum = new CRC32C();
    checksum.update(tail, 0, entryBytes);
    if (bytes.getInt(entryBytes) != (int) checksum.getValue()) {
      throw new ZarrException("the index of the Zarr shard does not match its checksum");
    }
    long[] entries = new long[2 * chunks];
    bytes.asLongBuffer().get(entries);
    ShardIndex index = new ShardIndex(shard, dataBytes, entries);
    index.requireNoOverlap();
    return index;
  }

  private void requireNoOverlap() throws ZarrException {
    double bytes = 0;
    for (int chunk = 0; chunk < entries.length / 2; chunk++) {
      bytes += isAbsent(chunk) ? 0 : Math.max(0, length(chunk));
    }
    if (bytes > dataBytes) {
      throw new ZarrException(
          "the chunks of the Zarr shard overlap or lie outside it (bytes=%.0f, expected at most %d)"
              .formatted(bytes, dataBytes));
    }
  }

  int shard() {
    return shard;
  }

  /** Bytes of the file before the index. */
  long dataBytes() {
    return dataBytes;
  }

  /**
   * True for a chunk of zeros that is not stored.
   *
   * @param chunk counted within the Zarr shard
   */
  boolean isAbsent(int chunk) {
    return entries.length == 0 || (start(chunk) == NO_CHUNK && length(chunk) == NO_CHUNK);
  }

  long start(int chunk) {
    return entries[2 * chunk];
  }

  long length(int chunk) {
    return entries[2 * chunk + 1];
  }

  /** True if a chunk lies within the file and has at most so many bytes. */
  boolean fits(int chunk, int most) {
    return start(chunk) >= 0
        && length(chunk) >= 0
        && length(chunk) <= Math.min(most, dataBytes - start(chunk));
  }
}
