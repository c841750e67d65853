package org.nbvrollouts.store.zarr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nbvrollouts.store.error.InvalidContentException;

/** How a store lies in its folder (specification store, packed layout). */
public enum StoreLayout {
  /** One file per document and chunk. */
  DIRECTORY,
  /** One archive with all of them, and a copy of the manifest beside it. */
  PACKED;

  /** Name of the archive in the folder of a packed store. */
  public static final String ARCHIVE_NAME = "store.zarr.zip";

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
      throw new InvalidContentException(
          "Cannot open store: a packed and an unpacked one stand in the same folder (folder=%s,"
                  .formatted(place)
              + " files=%s and %s)".formatted(ARCHIVE_NAME, ArrayDocument.FILE_NAME));
    }
    return ZipStoreFiles.open(archive);
  }
}
