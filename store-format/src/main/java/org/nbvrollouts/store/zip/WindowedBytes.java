package org.nbvrollouts.store.zip;

import java.util.Arrays;

/**
 * Serves small reads that follow each other from one large one. For one thread, whose reads go
 * forward.
 */
final class WindowedBytes implements ZipBytes {
  private final ZipBytes bytes;
  private final int windowBytes;
  private byte[] window = new byte[0];
  private long windowOffset;

  WindowedBytes(ZipBytes bytes, int windowBytes) {
    this.bytes = bytes;
    this.windowBytes = windowBytes;
  }

  @Override
  public long size() {
    return bytes.size();
  }

  @Override
  public byte[] read(long offset, int length) {
    boolean inside = offset >= windowOffset && offset + length <= windowOffset + window.length;
    if (!inside) {
      long available = Math.max(0, size() - offset);
      window = bytes.read(offset, (int) Math.min(Math.max(length, windowBytes), available));
      windowOffset = offset;
    }
    int from = (int) (offset - windowOffset);
    return Arrays.copyOfRange(window, from, Math.min(window.length, from + length));
  }

  @Override
  public String location() {
    return bytes.location();
  }
}
