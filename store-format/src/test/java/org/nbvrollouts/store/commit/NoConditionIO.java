package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.nbvrollouts.store.io.ConditionalCreateException;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.io.StoreLocation;

/** A storage that cannot create a name only if it is free, and says so. */
record NoConditionIO(StoreIO io) implements StoreIO {

  @Override
  public Creation createIfAbsent(StoreLocation file, byte[] content) throws IOException {
    throw new ConditionalCreateException(file, null);
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
    io.write(file, content);
  }

  @Override
  public void writeFile(StoreLocation file, Path content) throws IOException {
    io.writeFile(file, content);
  }

  @Override
  public StoreListing list(StoreLocation folder) throws IOException {
    return io.list(folder);
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
