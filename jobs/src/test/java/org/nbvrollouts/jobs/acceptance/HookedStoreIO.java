package org.nbvrollouts.jobs.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nbvrollouts.store.io.StoreEntry;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.io.StoreLocation;

/** A storage that lets something happen, once, just before a certain file is written. */
final class HookedStoreIO implements StoreIO {
  private final StoreIO io;
  private final String fileName;
  private final Runnable hook;
  private final AtomicBoolean isDone = new AtomicBoolean();

  HookedStoreIO(StoreIO io, String fileName, Runnable hook) {
    this.io = io;
    this.fileName = fileName;
    this.hook = hook;
  }

  private void before(StoreLocation file) {
    if (file.text().endsWith("/" + fileName) && isDone.compareAndSet(false, true)) {
      hook.run();
    }
  }

  @Override
  public Optional<byte[]> read(StoreLocation file) throws IOException {
    return io.read(file);
  }

  @Override
  public byte[] readRange(StoreLocation file, long offset, int length) throws IOException {
    return io.readRange(file, offset, length);
  }

  @Override
  public void write(StoreLocation file, byte[] content) throws IOException {
    before(file);
    io.write(file, content);
  }

  @Override
  public void writeFile(StoreLocation file, Path content) throws IOException {
    before(file);
    io.writeFile(file, content);
  }

  @Override
  public Creation createIfAbsent(StoreLocation file, byte[] content) throws IOException {
    before(file);
    return io.createIfAbsent(file, content);
  }

  @Override
  public StoreListing list(StoreLocation folder) throws IOException {
    return io.list(folder);
  }

  @Override
  public SortedMap<String, StoreEntry> listTree(StoreLocation folder) throws IOException {
    return io.listTree(folder);
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
