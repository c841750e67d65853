package org.nbvrollouts.store.zip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An archive in memory that records the requests for it. */
public final class MemoryZip implements ZipBytes {
  private final byte[] content;
  private final long size;
  private final List<String> requests = new ArrayList<>();

  public MemoryZip(byte[] content) {
    this(content, content.length);
  }

  /** An archive whose size is not what its storage said. */
  public MemoryZip(byte[] content, long size) {
    this.content = content.clone();
    this.size = size;
  }

  /** Offset and length of every read so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public byte[] read(long offset, int length) {
    requests.add(offset + "+" + length);
    int from = (int) Math.min(offset, content.length);
    return Arrays.copyOfRange(content, from, (int) Math.min(content.length, offset + length));
  }

  @Override
  public String location() {
    return "memory.zip";
  }
}
