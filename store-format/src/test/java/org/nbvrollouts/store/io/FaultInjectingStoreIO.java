package org.nbvrollouts.store.io;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Passes every operation through a {@link FaultPlan}, named by method and location. */
public final class FaultInjectingStoreIO implements StoreIO {
  private final StoreIO io;
  private final FaultPlan plan;

  public FaultInjectingStoreIO(StoreIO io, FaultPlan plan) {
    this.io = io;
    this.plan = plan;
  }

  @Override
  public Optional<byte[]> read(StoreLocation file) throws IOException {
    return plan.run("read " + file, () -> io.read(file));
  }

  @Override
  public boolean readFile(StoreLocation file, Path target) throws IOException {
    return plan.run("readFile " + file, () -> io.readFile(file, target));
  }

  @Override
  public byte[] readRange(StoreLocation file, long offset, int length) throws IOException {
    return plan.run("readRange " + file, () -> io.readRange(file, offset, length));
  }

  @Override
  public void write(StoreLocation file, byte[] content) throws IOException {
    plan.run(
        "write " + file,
        () -> {
          io.write(file, content);
          return true;
        });
  }

  @Override
  public void writeFile(StoreLocation file, Path content) throws IOException {
    plan.run(
        "write " + file,
        () -> {
          io.writeFile(file, content);
          return true;
        });
  }

  @Override
  public Creation createIfAbsent(StoreLocation file, byte[] content) throws IOException {
    return plan.run("createIfAbsent " + file, () -> io.createIfAbsent(file, content));
  }

  @Override
  public StoreListing list(StoreLocation folder) throws IOException {
    return plan.run("list " + folder, () -> io.list(folder));
  }

  @Override
  public void visitNames(StoreLocation folder, Consumer<String> visitor) throws IOException {
    plan.run(
        "visitNames " + folder,
        () -> {
          io.visitNames(folder, visitor);
          return null;
        });
  }

  @Override
  public SortedMap<String, StoreEntry> listTree(StoreLocation folder) throws IOException {
    return plan.run("listTree " + folder, () -> io.listTree(folder));
  }

  @Override
  public SortedMap<String, StoreEntry> listTree(StoreLocation folder, StoreListing listing)
      throws IOException {
    return plan.run("listTree " + folder, () -> io.listTree(folder, listing));
  }

  @Override
  public Optional<Instant> modifiedAt(StoreLocation file) throws IOException {
    return plan.run("modifiedAt " + file, () -> io.modifiedAt(file));
  }

  @Override
  public boolean deleteIfEmpty(StoreLocation folder) throws IOException {
    return plan.run("deleteIfEmpty " + folder, () -> io.deleteIfEmpty(folder));
  }

  @Override
  public void delete(StoreLocation location) throws IOException {
    plan.run(
        "delete " + location,
        () -> {
          io.delete(location);
          return true;
        });
  }
}
