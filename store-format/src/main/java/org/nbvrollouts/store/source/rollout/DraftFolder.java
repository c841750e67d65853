package org.nbvrollouts.store.source.rollout;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.nbvrollouts.store.error.EnvironmentException;
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
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failed)
                throws IOException {
              if (failed != null) {
                throw failed;
              }
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failed) {
      throw new EnvironmentException(
          "Cannot remove unfinished source: " + failed + " (folder=" + folder + ")", failed);
    }
  }
}
