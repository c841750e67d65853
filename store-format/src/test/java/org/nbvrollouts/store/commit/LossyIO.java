package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.nbvrollouts.store.io.DelegatingStoreIO;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;

/**
 * A storage that may have lost the reply to every create: it reads the name back, and what holds
 * the content of the call counts as created by it, as remote storage does.
 */
final class LossyIO extends DelegatingStoreIO {
  LossyIO(StoreIO io) {
    super(io);
  }

  @Override
  public Creation createIfAbsent(StoreLocation file, byte[] content) throws IOException {
    Creation creation = super.createIfAbsent(file, content);
    Optional<byte[]> found = read(file);
    return found.isPresent() && Arrays.equals(found.get(), content) ? Creation.CREATED : creation;
  }
}
