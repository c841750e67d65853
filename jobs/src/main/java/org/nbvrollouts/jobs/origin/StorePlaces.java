package org.nbvrollouts.jobs.origin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.ShardIds;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.zarr.StoreLayout;

/**
 * Finds stores, packed or not: a folder may be a store, a published shard or the final root of a
 * campaign. A store that was made for a shard counts only if that shard is committed ({@link
 * CommittedStore}). An archive by itself is a store by itself: it is complete or unreadable.
 */
public final class StorePlaces {
  private static final String ARCHIVE = StoreLayout.ARCHIVE_NAME;

  private StorePlaces() {}

  /**
   * The store that a folder or archive is, or that the marker in the folder names.
   *
   * @throws RefusedInputException if there is none, or its shard is not committed
   * @throws EnvironmentException if the folder cannot be read
   */
  public static Path store(Path folder) {
    if (isFile(folder) && !folder.getFileName().toString().equals(ARCHIVE)) {
      return folder;
    }
    if (isFile(folder)) {
      return store(folder.getParent());
    }
    Path store =
        find(folder)
            .orElseThrow(
                () ->
                    new RefusedInputException(
                        "Cannot open store: %s (expected a folder with %s or %s, folder=%s)"
                            .formatted(what(folder), StoreLayout.ROOT_DOCUMENT, ARCHIVE, folder)));
    CommittedStore.require(store);
    return store;
  }

  /**
   * The committed stores below a final root in order of shard ids, or the one store that the folder
   * is.
   *
   * @throws RefusedInputException if there is none, or a marker is not to be believed
   * @throws EnvironmentException if the folder cannot be read
   */
  public static List<Path> stores(Path folder) {
    if (isFile(folder) || find(folder).isPresent()) {
      return List.of(store(folder));
    }
    try (Stream<Path> children = Files.list(folder)) {
      List<Path> stores =
          children
              .filter(child -> ShardIds.isCanonical(child.getFileName().toString()))
              .filter(child -> Files.exists(child.resolve(SuccessSidecar.FILE_NAME)))
              .sorted()
              .map(StorePlaces::store)
              .toList();
      if (stores.isEmpty()) {
        throw noStores(folder);
      }
      return stores;
    } catch (IOException e) {
      throw notListed(folder, e);
    }
  }

  static RefusedInputException noStores(Object folder) {
    return new RefusedInputException(
        "Cannot find stores: neither a store nor a committed shard is here (folder="
            + folder
            + ")");
  }

  static EnvironmentException notListed(Object folder, IOException cause) {
    return new EnvironmentException(
        "Cannot list folder: " + StorageReason.of(cause) + " (folder=" + folder + ")", cause);
  }

  private static String what(Path folder) {
    return isFile(folder.resolve(".zgroup")) || isFile(folder.resolve(".zmetadata"))
        ? "a Zarr 2 store is here, and rollout stores are Zarr 3"
        : "no store is here";
  }

  private static Optional<Path> find(Path folder) {
    return isStore(folder) ? Optional.of(folder) : marked(folder).filter(StorePlaces::isStore);
  }

  private static boolean isStore(Path folder) {
    return isFile(folder.resolve(StoreLayout.ROOT_DOCUMENT)) || isFile(folder.resolve(ARCHIVE));
  }

  /** Where the marker says that the store lies; only names below the folder are followed. */
  private static Optional<Path> marked(Path folder) {
    Path marker = folder.resolve(SuccessSidecar.FILE_NAME);
    if (!isFile(marker)) {
      return Optional.empty();
    }
    try {
      Object path =
          JsonParser.parseObject(Files.readAllBytes(marker), marker.toString()).get("store_path");
      Path store = folder.resolve(String.valueOf(path)).normalize();
      return store.startsWith(folder.normalize()) ? Optional.of(store) : Optional.empty();
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read marker: " + StorageReason.of(e) + " (file=" + marker + ")", e);
    } catch (InvalidContentException e) {
      throw new RefusedInputException(
          "Cannot open store: the marker of its shard is unreadable (file=" + marker + ")", e);
    }
  }

  /** Whether there is a file; a folder that may not be entered is not taken for an empty one. */
  private static boolean isFile(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).isRegularFile();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return false;
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot open store: " + StorageReason.of(e) + " (file=" + file + ")", e);
    }
  }
}
