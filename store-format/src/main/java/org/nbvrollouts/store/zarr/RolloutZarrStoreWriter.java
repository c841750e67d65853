package org.nbvrollouts.store.zarr;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.rollout.RolloutStoreManifestContext;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.StoreCounts;

/**
 * Writes rollout stores (specification store 2 to 4 and 7). The bytes depend on records, options
 * and context alone: not on host, path, thread or run.
 *
 * <pre>{@code
 * var result = new RolloutZarrStoreWriter(config).write(directory, records, context);
 * }</pre>
 *
 * <p>Nothing is forced to disk and nothing is renamed: a caller that needs either writes to a
 * private directory and publishes that. Thread-safe.
 */
public final class RolloutZarrStoreWriter {
  private final RolloutZarrStoreConfig config;

  public RolloutZarrStoreWriter(RolloutZarrStoreConfig config) {
    this.config = config;
  }

  /**
   * Writes a store with these records in this order; an empty list gives an empty store.
   *
   * @param directory must not exist; its parents are created. After a failure it may hold a part
   * @throws RefusedInputException if the directory exists
   * @throws org.nbvrollouts.store.error.InvalidContentException if a record breaks a rule
   * @throws EnvironmentException if the storage fails
   */
  public RolloutZarrWriteResult write(
      Path directory, List<RolloutZarrRecord> records, RolloutStoreManifestContext context) {
    return write(directory, StoreLayout.DIRECTORY, records, context);
  }

  /** As {@link #write(Path, List, RolloutStoreManifestContext)}, in a layout of choice. */
  public RolloutZarrWriteResult write(
      Path directory,
      StoreLayout layout,
      List<RolloutZarrRecord> records,
      RolloutStoreManifestContext context) {
    try (RolloutZarrStoreStream store = open(directory, layout)) {
      for (RolloutZarrRecord record : records) {
        store.append(record);
      }
      return result(directory, store.finish(context));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException(
          "Cannot write store: interrupted (directory=" + directory + ")", e);
    }
  }

  /**
   * Begins a store that gets its records one by one. Its scratch lies beside the directory.
   *
   * @param directory as for {@link #write(Path, List, RolloutStoreManifestContext)}; created now
   */
  public RolloutZarrStoreStream open(Path directory, StoreLayout layout) {
    createDirectory(directory);
    return RolloutZarrStoreStream.open(
        StoreTarget.inFolder(directory, layout), directory.toAbsolutePath().getParent(), config);
  }

  /** What a finished stream has written into a directory. */
  public static RolloutZarrWriteResult result(
      Path directory, RolloutZarrStoreStream.Written written) {
    StoreCounts counts = written.description().counts();
    return new RolloutZarrWriteResult(
        directory,
        counts.rollouts(),
        counts.steps(),
        counts.candidates(),
        directory.resolve(StoreSchema.ROLLOUT_MANIFEST_FILENAME),
        written.manifestSha256());
  }

  private static void createDirectory(Path directory) {
    try {
      Path parent = directory.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      throw new RefusedInputException(
          "Cannot write store: something stands there already (directory=" + directory + ")", e);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write store: %s (directory=%s)".formatted(StorageReason.of(e), directory), e);
    }
  }
}
