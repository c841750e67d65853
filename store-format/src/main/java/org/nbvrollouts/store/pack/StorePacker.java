package org.nbvrollouts.store.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nbvrollouts.store.check.Finding;
import org.nbvrollouts.store.check.RolloutZarrValidationResult;
import org.nbvrollouts.store.check.RolloutZarrValidator;
import org.nbvrollouts.store.check.StoreSeals;
import org.nbvrollouts.store.commit.StoreInspection;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.LocalPaths;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.StoreLayout;
import org.nbvrollouts.store.zarr.ZipStoreFiles;

/**
 * Converts stores on local disks between their two layouts. Every file keeps its bytes, so the data
 * and its seal stay; there and back gives the same bytes again. Input is checked as a whole before
 * anything is written, output is read back before it gets its name, and nothing is overwritten.
 *
 * <pre>{@code
 * ConvertedStore packed = new StorePacker(inspection).pack(store, Path.of("a.zarr.zip"));
 * }</pre>
 *
 * <p>A store with a commit marker is converted as a shard: owner and marker of the copy name its
 * files, and {@code status} believes it as it believed the first one.
 */
public final class StorePacker {
  private static final int SHOWN_FINDINGS = 5;

  private final StoreInspection inspection;

  /**
   * A converter.
   *
   * @param inspection full validation of a shard, as its commit had it
   */
  public StorePacker(StoreInspection inspection) {
    this.inspection = inspection;
  }

  /**
   * Packs a store.
   *
   * @param store folder of an unpacked store, or of a committed shard with one
   * @param out must not exist: an archive if its name ends in {@code .zip}, else a folder
   * @throws RefusedInputException if the store is packed already, or something stands at {@code
   *     out}, or that lies in the store
   * @throws InvalidContentException if the store is damaged
   * @throws EnvironmentException if the storage fails
   */
  public ConvertedStore pack(Path store, Path out) {
    refuseWithin(store, out);
    boolean archive = out.toString().endsWith(StoreLayout.ARCHIVE_SUFFIX);
    if (isShard(store) && !archive) {
      return new ShardConversion(inspection).convert(store, out, StoreLayout.PACKED);
    }
    Path files = isShard(store) ? new ShardConversion(inspection).verified(store) : store;
    requireLayout(files, StoreLayout.DIRECTORY, store);
    return converting(
        out,
        draft -> {
          String before = checkedSeal(files);
          if (archive) {
            layOut(files, draft);
          } else {
            layOutFolder(files, draft);
          }
          return read(draft, before);
        });
  }

  /**
   * Unpacks a store.
   *
   * @param store an archive, a folder of a packed store, or of a committed shard with one
   * @param out folder that must not exist
   * @throws RefusedInputException if the store is not packed, or something stands at {@code out}
   * @throws InvalidContentException if the store is damaged
   * @throws EnvironmentException if the storage fails
   */
  public ConvertedStore unpack(Path store, Path out) {
    refuseWithin(store, out);
    if (isShard(store)) {
      return new ShardConversion(inspection).convert(store, out, StoreLayout.DIRECTORY);
    }
    requireLayout(store, StoreLayout.PACKED, store);
    Path zip = Files.isDirectory(store) ? store.resolve(StoreLayout.ARCHIVE_NAME) : store;
    refuseOfShard(zip);
    return converting(
        out,
        draft -> {
          String before = checkedSeal(zip);
          takeApart(zip, draft);
          return read(draft, before);
        });
  }

  /** A store is never changed, and whatever lies in its folder is taken for a part of it. */
  private static void refuseWithin(Path store, Path out) {
    try {
      if (Files.isDirectory(store) && LocalPaths.isWithin(out, store)) {
        throw new RefusedInputException(
            "Cannot convert store: the result would lie in it (store=%s, out=%s). Choose a place beside it"
                .formatted(store, out));
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot convert store: %s (out=%s)".formatted(StorageReason.of(e), out), e);
    }
  }

  /** Writes the archive of a folder and compares the two. */
  static void layOut(Path files, Path zip) throws IOException {
    LooseFiles loose = LooseFiles.of(files);
    loose.pack(zip);
    loose.requireSame(ZipStoreFiles.open(zip).archive());
  }

  /** Fills the folder of a packed store: the archive, and the manifest once more. */
  static void layOutFolder(Path files, Path folder) throws IOException {
    Files.createDirectories(folder);
    layOut(files, folder.resolve(StoreLayout.ARCHIVE_NAME));
    String manifest = StoreSchema.ROLLOUT_MANIFEST_FILENAME;
    Files.copy(files.resolve(manifest), folder.resolve(manifest));
  }

  /** Writes the files of an archive. */
  static void takeApart(Path zip, Path folder) throws IOException {
    var archive = ZipStoreFiles.open(zip).archive();
    LooseFiles.unpack(archive, folder);
    LooseFiles.of(folder).requireSame(archive);
  }

  /** Refuses a store that is in the layout already. */
  static void requireLayout(Path store, StoreLayout expected, Path named) {
    boolean packed =
        Files.isRegularFile(store) || Files.exists(store.resolve(StoreLayout.ARCHIVE_NAME));
    if (packed != (expected == StoreLayout.PACKED)) {
      throw new RefusedInputException(
          packed
              ? "Cannot pack store: it is packed already (store=" + named + ")"
              : "Cannot unpack store: it is not packed (store=" + named + ")");
    }
  }

  /** Writes a draft beside the result and gives it its name when it is complete. */
  static ConvertedStore converting(Path out, Conversion conversion) {
    Path target = out.toAbsolutePath().normalize();
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(out);
    }
    try (Draft draft = Draft.beside(target)) {
      return written(draft, out, conversion);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot convert store: %s (out=%s)".formatted(StorageReason.withFile(e), out), e);
    }
  }

  private static ConvertedStore written(Draft draft, Path out, Conversion conversion)
      throws IOException {
    try {
      ConvertedStore made = conversion.into(draft.path());
      if (!draft.publish()) {
        throw exists(out);
      }
      return new ConvertedStore(out, made.files(), made.bytes(), made.dataSha256());
    } catch (IOException | NbvException e) {
      if (draft.isInterrupted()) {
        throw new EnvironmentException(
            "Cannot convert store: interrupted, and nothing is left (out=" + out + ")", e);
      }
      throw e;
    }
  }

  /** Writes a store to a place that does not exist yet. */
  @FunctionalInterface
  interface Conversion {
    ConvertedStore into(Path draft) throws IOException;
  }

  private static RefusedInputException exists(Path out) {
    return new RefusedInputException(
        "Cannot convert store: something stands there already, and nothing is overwritten (out="
            + out
            + "). Choose another place");
  }

  /** Without its marker the unpacked store of a shard would be taken for an unfinished attempt. */
  private static void refuseOfShard(Path zip) {
    try (RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(zip)) {
      if (reader.manifest().get("manifest") instanceof Map<?, ?> manifest
          && manifest.get("generation") instanceof Map<?, ?> made
          && made.get("shard") instanceof Map<?, ?>) {
        throw new RefusedInputException(
            "Cannot unpack store: it was made for a shard, and the marker of the shard is not with"
                + " it (store="
                + zip
                + "). Name the folder of the shard; without it, any program for ZIP files unpacks the"
                + " archive, as an attempt that nobody committed");
      }
    }
  }

  private static boolean isShard(Path store) {
    return Files.exists(store.resolve(SuccessSidecar.FILE_NAME));
  }

  /** Seal of the data of a store, which must pass the checks that every reader relies on. */
  private static String checkedSeal(Path store) {
    try (RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(store)) {
      RolloutZarrValidationResult verdict = RolloutZarrValidator.validateRolloutZarrStore(reader);
      if (!verdict.findings().isEmpty()) {
        List<String> shown =
            verdict.findings().stream().limit(SHOWN_FINDINGS).map(Finding::toString).toList();
        throw new InvalidContentException(
            "Cannot convert store: it is damaged, %d finding(s): %s (store=%s)"
                .formatted(verdict.findings().size(), String.join("; ", shown), store));
      }
      return StoreSeals.of(reader).dataSha256();
    }
  }

  /** Reads a converted store back. */
  private static ConvertedStore read(Path draft, String before) throws IOException {
    String after;
    try (RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(draft)) {
      after = StoreSeals.of(reader).dataSha256();
    }
    return counted(draft, requireSeal(before, after, draft));
  }

  static String requireSeal(String before, String after, Path place) {
    if (!after.equals(before)) {
      throw new InvalidContentException(
          "Cannot convert store: its data is not the same afterwards (expected=%s, actual=%s,"
                  .formatted(before, after)
              + " store=%s); run again".formatted(place));
    }
    return after;
  }

  static ConvertedStore counted(Path place, String dataSha256) throws IOException {
    try (Stream<Path> found = Files.walk(place)) {
      List<Path> files =
          found
              .filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("_"))
              .toList();
      long bytes = 0;
      for (Path file : files) {
        bytes += Files.size(file);
      }
      return new ConvertedStore(place, files.size(), bytes, dataSha256);
    }
  }
}
