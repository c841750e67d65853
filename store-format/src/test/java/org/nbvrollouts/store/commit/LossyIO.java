package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.io.StoreLocation;

/**
 * A storage that may have lost the reply to every create: it reads the name back, and what holds
 * the content of the call counts as created by it, as remote storage does.
 */
record LossyIO(StoreIO io) implements StoreIO {

  @Override
  public Creation createIfAbsent(StoreLocation file, byte[] content) throws IOException {
    Creation creation = io.createIfAbsent(file, content);
    Optional<byte[]> found = io.read(file);
    return found.isPresent() && Arrays.equals(found.get(), content) ? Creation.CREATED : creation;
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
