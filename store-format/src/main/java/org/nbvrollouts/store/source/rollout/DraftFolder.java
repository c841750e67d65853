package org.nbvrollouts.store.source.rollout;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hidden folder beside its final place in which a source is written. */
final class DraftFolder {
  private static final int MAX_DRAFTS = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(DraftFolder.class);

  private DraftFolder() {}

  /**
   * Creates a folder that nobody had; one that another writer left or uses is passed over, because
   * it belongs to that writer.
   */
  static Path create(Path place) throws IOException {
    for (int i = 0; i < MAX_DRAFTS; i++) {
      Path draft = place.resolveSibling("." + place.getFileName() + ".draft-" + i);
      try {
        return Files.createDirectory(draft);
      } catch (FileAlreadyExistsException taken) {
        LOG.debug("Draft folder {} is taken", draft);
      }
    }
    throw new FileAlreadyExistsException(
        place.resolveSibling("." + place.getFileName() + ".draft-*").toString());
  }

  /** Deletes a folder with all its content. */
  static void delete(Path folder) {
    try {
      new LocalStoreIO(Durability.BUFFERED).delete(StoreLocation.of(folder.toAbsolutePath()));
    } catch (IOException failed) {
      throw new EnvironmentException(
          "Cannot remove unfinished source: "
              + StorageReason.of(failed)
              + " (folder="
              + folder
              + ")",
          failed);
    }
  }
}
