package org.nbvrollouts.jobs.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private folder for one store on the local disk, below {@code java.io.tmpdir}, removed on close.
 *
 * @param path the folder, which exists
 */
record ScratchFolder(Path path) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScratchFolder.class);

  static ScratchFolder create() throws IOException {
    return new ScratchFolder(Files.createTempDirectory("nbv-rollouts-"));
  }

  @Override
  public void close() {
    try {
      new LocalStoreIO(Durability.BUFFERED).delete(StoreLocation.of(path));
    } catch (IOException e) {
      LOG.warn("Cannot remove scratch folder: {} (folder={})", e.toString(), path);
    }
  }
}
