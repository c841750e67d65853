package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.util.Optional;
import org.nbvrollouts.store.io.DelegatingStoreIO;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;

/** Never answers about a commit marker. */
final class SilentMarkerIO extends DelegatingStoreIO {
  SilentMarkerIO(StoreIO io) {
    super(io);
  }

  @Override
  public Optional<byte[]> read(StoreLocation file) throws IOException {
    refuse(file);
    return super.read(file);
  }

  @Override
  public Creation createIfAbsent(StoreLocation file, byte[] content) throws IOException {
    refuse(file);
    return super.createIfAbsent(file, content);
  }

  private static void refuse(StoreLocation file) throws IOException {
    if (file.name().equals("_SUCCESS.json")) {
      throw new IOException("no answer");
    }
  }
}
