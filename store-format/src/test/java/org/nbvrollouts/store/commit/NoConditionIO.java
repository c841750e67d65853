package org.nbvrollouts.store.commit;

import java.io.IOException;
import org.nbvrollouts.store.io.ConditionalCreateException;
import org.nbvrollouts.store.io.DelegatingStoreIO;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;

/** A storage that cannot create a name only if it is free, and says so. */
final class NoConditionIO extends DelegatingStoreIO {
  NoConditionIO(StoreIO io) {
    super(io);
  }

  @Override
  public Creation createIfAbsent(StoreLocation file, byte[] content) throws IOException {
    throw new ConditionalCreateException(file, null);
  }
}
