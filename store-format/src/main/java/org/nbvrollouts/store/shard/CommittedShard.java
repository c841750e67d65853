package org.nbvrollouts.store.shard;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.StoreEntry;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.OwnerSidecarParser;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.manifest.SuccessSidecarParser;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.StoreLayout;

/**
 * A shard with a marker and the owner that the marker names, on any storage and in any layout. On
 * an object store that takes three requests: one listing of the folder, which tells every size, the
 * marker, and the owner. The first file of the store is the fourth; from then on every further one
 * is one request.
 *
 * <p>Opening believes marker and owner when they agree. Whether every file still has its sealed
 * hash is the question of {@code status}.
 */
public final class CommittedShard {
  private final StoreIO io;
  private final OwnerSidecar owner;
  private final StoreLocation store;
  private final SortedMap<String, StoreEntry> storeFiles;

  private CommittedShard(
      StoreIO io,
      OwnerSidecar owner,
      StoreLocation store,
      SortedMap<String, StoreEntry> storeFiles) {
    this.io = io;
    this.owner = owner;
    this.store = store;
    this.storeFiles = storeFiles;
  }

  /**
   * Opens a shard.
   *
   * @param folder of the shard, as published below a final root
   * @throws RefusedInputException if there is no marker, or it leads out of the folder
   * @throws InvalidContentException if marker or owner are unreadable or do not agree
   * @throws EnvironmentException if the storage fails
   */
  public static CommittedShard open(StoreIO io, StoreLocation folder) {
    try {
      SortedMap<String, StoreEntry> listed = io.listTree(folder);
      byte[] markerBytes =
          read(io, folder, listed, SuccessSidecar.FILE_NAME)
              .orElseThrow(
                  () ->
                      new RefusedInputException(
                          "Cannot open shard: it has no marker, so it is not committed (folder="
                              + folder
                              + ")"));
      String markerFile = folder.child(SuccessSidecar.FILE_NAME).text();
      SuccessSidecar marker =
          SuccessSidecarParser.parse(JsonParser.parseObject(markerBytes, markerFile), markerFile);
      String prefix = prefixOf(marker, markerFile);
      OwnerSidecar owner = readOwner(marker, io, folder, listed, prefix + OwnerSidecar.FILE_NAME);
      SortedMap<String, StoreEntry> inStore = new TreeMap<>();
      listed
          .tailMap(prefix)
          .forEach(
              (path, entry) -> {
                if (path.startsWith(prefix)) {
                  inStore.put(path.substring(prefix.length()), entry);
                }
              });
      StoreLocation store =
          prefix.isEmpty() ? folder : folder.child(prefix.substring(0, prefix.length() - 1));
      return new CommittedShard(io, owner, store, inStore);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot open shard: %s (folder=%s)".formatted(StorageReason.of(e), folder), e);
    }
  }

  private static String prefixOf(SuccessSidecar marker, String file) {
    String path = marker.storePath();
    if (path.equals(SuccessSidecar.STORE_IS_FINAL_DIRECTORY)) {
      return "";
    }
    if (!StoreLocation.isContained(path)) {
      throw new RefusedInputException(
          "Cannot open shard: its marker leads out of its folder (file=%s, store_path=%s)"
              .formatted(file, path));
    }
    return path + "/";
  }

  private static OwnerSidecar readOwner(
      SuccessSidecar marker,
      StoreIO io,
      StoreLocation folder,
      SortedMap<String, StoreEntry> listed,
      String path)
      throws IOException {
    String file = folder.child(path).text();
    byte[] bytes =
        read(io, folder, listed, path)
            .orElseThrow(
                () ->
                    new InvalidContentException(
                        "Cannot open shard: it has no owner sidecar (file=" + file + ")"));
    Map<String, Object> json = JsonParser.parseObject(bytes, file);
    String actual = CanonicalJson.manifestSha256(json);
    if (!actual.equals(marker.ownerSha256())) {
      throw new InvalidContentException(
          "Cannot open shard: marker and owner do not belong together"
              + " (file=%s, expected=%s, actual=%s)".formatted(file, marker.ownerSha256(), actual));
    }
    return OwnerSidecarParser.parse(json, file);
  }

  private static Optional<byte[]> read(
      StoreIO io, StoreLocation folder, SortedMap<String, StoreEntry> listed, String path)
      throws IOException {
    StoreEntry entry = listed.get(path);
    return entry == null || !entry.isFile()
        ? Optional.empty()
        : Optional.of(io.readRange(folder.child(path), 0, Math.toIntExact(entry.sizeBytes())));
  }

  /** The owner that the marker names. */
  public OwnerSidecar owner() {
    return owner;
  }

  /** Where the store lies that the marker names. */
  public StoreLocation store() {
    return store;
  }

  /** Opens the store; one request. */
  public RolloutZarrStoreReader reader() {
    return RolloutZarrStoreReader.open(
        store.isLocal()
            ? StoreLayout.filesAt(store.localPath())
            : StoreLayout.filesAt(io, store, storeFiles));
  }
}
