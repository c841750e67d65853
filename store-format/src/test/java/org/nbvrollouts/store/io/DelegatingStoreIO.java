package org.nbvrollouts.store.io;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/** A storage that passes every call on; what differs is overridden. */
public abstract class DelegatingStoreIO implements StoreIO {
  private final StoreIO io;

  protected DelegatingStoreIO(StoreIO io) {
    this.io = io;
  }

  @Override
  public Optional<byte[]> read(StoreLocation file) throws IOException {
    return io.read(file);
  }

  @Override
  public boolean readFile(StoreLocation file, Path target) throws IOException {
    return io.readFile(file, target);
  }

  @Override
  public byte[] readRange(StoreLocation file, long offset, int length) throws IOException {
    return io.readRange(file, offset, length);
  }

  @Override
  public void write(StoreLocation file, byte[] content) throws IOException {
    io.write(file, content);
  }

  @Override
  public void writeFile(StoreLocation file, Path content) throws IOException {
    io.writeFile(file, content);
  }

  @Override
  public Creation createIfAbsent(StoreLocation file, byte[] content) throws IOException {
    return io.createIfAbsent(file, content);
  }

  @Override
  public StoreListing list(StoreLocation folder) throws IOException {
    return io.list(folder);
  }

  @Override
  public void visitNames(StoreLocation folder, Consumer<String> visitor) throws IOException {
    io.visitNames(folder, visitor);
  }

  @Override
  public SortedMap<String, StoreEntry> listTree(StoreLocation folder) throws IOException {
    return io.listTree(folder);
  }

  @Override
  public SortedMap<String, StoreEntry> listTree(StoreLocation folder, StoreListing listing)
      throws IOException {
    return io.listTree(folder, listing);
  }

  @Override
  public Optional<Instant> modifiedAt(StoreLocation file) throws IOException {
    return io.modifiedAt(file);
  }

  @Override
  public boolean deleteIfEmpty(StoreLocation folder) throws IOException {
    return io.deleteIfEmpty(folder);
  }

  @Override
  public void delete(StoreLocation location) throws IOException {
    io.delete(location);
  }
}
