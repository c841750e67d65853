package org.nbvrollouts.store.zarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.StoreEntry;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;

/** How a store lies in its folder (specification store, packed layout). */
public enum StoreLayout {
  /** One file per document and chunk. */
  DIRECTORY,
  /** One archive with all of them, and a copy of the manifest beside it. */
  PACKED;

  /** Name of the archive in the folder of a packed store. */
  public static final String ARCHIVE_NAME = "store.zarr.zip";

  /** Name of the document of a store in its folder. */
  public static final String ROOT_DOCUMENT = ArrayDocument.FILE_NAME;

  /** How the names of archives end. */
  public static final String ARCHIVE_SUFFIX = ".zip";

  /** Name in configurations and flags. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The layout of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static StoreLayout parse(String text) {
    return Arrays.stream(values())
        .filter(layout -> layout.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid layout: %s (expected one of %s)"
                        .formatted(
                            text, String.join(", ", List.of(DIRECTORY.text(), PACKED.text())))));
  }

  /** Packed if an archive stands in the folder, else a directory, which may be empty. */
  public static StoreLayout inFolder(Path folder) {
    return Files.isRegularFile(folder.resolve(ARCHIVE_NAME)) ? PACKED : DIRECTORY;
  }

  /**
   * The files of the store at a place: a folder in either layout, or an archive by itself.
   *
   * @throws InvalidContentException if two stores stand there, or the archive is none
   */
  public static StoreFiles filesAt(Path place) {
    if (Files.isRegularFile(place)) {
      return ZipStoreFiles.open(place);
    }
    Path archive = place.resolve(ARCHIVE_NAME);
    if (!Files.isRegularFile(archive)) {
      return new LocalStoreFiles(place);
    }
    if (Files.exists(place.resolve(ArrayDocument.FILE_NAME))) {
      throw twoStores(place.toString());
    }
    return ZipStoreFiles.openFolder(place);
  }

  /**
   * The files of the store at a place of any storage; one listing tells what is there.
   *
   * @throws InvalidContentException if two stores stand there, or the archive is none
   * @throws EnvironmentException if the storage fails
   */
  public static StoreFiles filesAt(StoreIO io, StoreLocation place) {
    if (place.isLocal()) {
      return filesAt(place.localPath());
    }
    try {
      return filesAt(io, place, io.listTree(place));
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot open store: %s (store=%s)".formatted(StorageReason.of(e), place), e);
    }
  }

  /**
   * As {@link #filesAt(StoreIO, StoreLocation)}, without a request.
   *
   * @param listed everything below the place by relative path
   */
  public static StoreFiles filesAt(
      StoreIO io, StoreLocation place, SortedMap<String, StoreEntry> listed) {
    StoreEntry archive = listed.get(ARCHIVE_NAME);
    if (archive == null || !archive.isFile()) {
      Map<String, Long> sizes = new TreeMap<>();
      listed.forEach((path, entry) -> sizes.put(path, entry.sizeBytes()));
      return new ListedStoreFiles(io, place, sizes);
    }
    if (listed.containsKey(ArrayDocument.FILE_NAME)) {
      throw twoStores(place.text());
    }
    return ZipStoreFiles.openFolder(io, place, archive.sizeBytes());
  }

  private static InvalidContentException twoStores(String folder) {
    return new InvalidContentException(
        "Cannot open store: a packed and an unpacked one stand in the same folder (folder=%s,"
                .formatted(folder)
            + " files=%s and %s)".formatted(ARCHIVE_NAME, ArrayDocument.FILE_NAME));
  }
}
