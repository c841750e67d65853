package org.nbvrollouts.store.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.shard.CommittedShard;
import org.nbvrollouts.store.zarr.StoreLayout;

/** Whether the marker of a shard names a store, and what its owner then says. */
record CommitFacts(Optional<OwnerSidecar> owner) {
  /** The shard of a store is its folder, or with published pointers the one two folders above. */
  private static final int MOST_FOLDERS_ABOVE = 2;

  /** Looks for the marker in the folder of the store and those right above it. */
  static CommitFacts of(StoreIO io, StoreLocation path) throws IOException {
    Optional<StoreLocation> store = isArchive(path) ? folderOf(path) : Optional.of(path);
    Optional<StoreLocation> folder = store;
    for (int above = 0; above <= MOST_FOLDERS_ABOVE && folder.isPresent(); above++) {
      if (io.read(folder.get().child(SuccessSidecar.FILE_NAME)).isPresent()) {
        return new CommitFacts(owner(io, folder.get(), store.get()));
      }
      folder = parent(folder.get());
    }
    return new CommitFacts(Optional.empty());
  }

  /** Whether a packed store is named by its archive itself. */
  static boolean isArchive(StoreLocation path) {
    return path.isLocal() && Files.isRegularFile(path.localPath());
  }

  /** An archive of any other name is a store by itself. */
  private static Optional<StoreLocation> folderOf(StoreLocation archive) {
    return archive.name().equals(StoreLayout.ARCHIVE_NAME) ? parent(archive) : Optional.empty();
  }

  private static Optional<StoreLocation> parent(StoreLocation location) {
    int slash = location.text().lastIndexOf('/');
    return slash <= 0 || location.text().charAt(slash - 1) == '/'
        ? Optional.empty()
        : Optional.of(new StoreLocation(location.text().substring(0, slash)));
  }

  private static Optional<OwnerSidecar> owner(
      StoreIO io, StoreLocation folder, StoreLocation store) {
    try {
      CommittedShard shard = CommittedShard.open(io, folder);
      return shard.store().equals(store) ? Optional.of(shard.owner()) : Optional.empty();
    } catch (InvalidContentException | RefusedInputException e) {
      // A marker that is not to be believed commits nothing; status says what is wrong with it.
      return Optional.empty();
    }
  }

  void putInto(Map<String, Object> row) {
    row.put("committed", owner.isPresent());
    owner.ifPresent(
        found -> {
          row.put("shard_id", found.entry().shardId());
          row.put("attempt_id", found.origin().attemptId());
          row.put("writer_config_hash", found.entry().writerConfigHash());
          row.put("source_manifest_hash", found.entry().sourceManifestHash());
        });
  }
}
