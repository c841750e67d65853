package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.io.StoreLocation;

/** Never answers about a commit marker. */
record SilentMarkerIO(StoreIO io) implements StoreIO {

  @Override
  public Optional<byte[]> read(StoreLocation file) throws IOException {
    refuse(file);
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
  public Creation createIfAbsent(StoreLocation file, byte[] content) throws IOException {
    refuse(file);
    return io.createIfAbsent(file, content);
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

  private static void refuse(StoreLocation file) throws IOException {
    if (file.name().equals("_SUCCESS.json")) {
      throw new IOException("no answer");
    }
  }
}
