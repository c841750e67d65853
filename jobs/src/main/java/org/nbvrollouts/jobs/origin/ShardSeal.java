package org.nbvrollouts.jobs.origin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.jobs.config.StorageSettings;
import org.nbvrollouts.jobs.shard.CampaignStorage;
import org.nbvrollouts.jobs.shard.StoredShardInspection;
import org.nbvrollouts.store.commit.ShardEvidence;
import org.nbvrollouts.store.commit.ShardFinding;
import org.nbvrollouts.store.commit.ShardVerifier;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.shard.CommittedShard;

/**
 * The files of a committed shard beside their seal, as {@code status} compares them.
 *
 * @param files number of sealed files
 * @param isIntact whether they are as they were sealed; further files that no reader looks at do
 *     not count
 * @param differences reasons and files
 */
public record ShardSeal(int files, boolean isIntact, List<String> differences) {
  public ShardSeal {
    differences = List.copyOf(differences);
  }

  /**
   * Reads every file of the shard that a store belongs to; empty if it belongs to none.
   *
   * @param place what {@link RemoteStores#store} was asked for
   */
  public static Optional<ShardSeal> compare(StoreLocation place) {
    StoreLocation folder = place;
    if (place.isLocal()) {
      Path local = CommittedStore.finalDirectory(StorePlaces.store(place.localPath()));
      if (!Files.isRegularFile(local.resolve(SuccessSidecar.FILE_NAME))) {
        return Optional.empty();
      }
      folder = StoreLocation.of(local);
    }
    StoreIO io = CampaignStorage.io(folder, StorageSettings.DEFAULT);
    OwnerSidecar owner = CommittedShard.open(io, folder).owner();
    ShardEvidence evidence =
        new ShardVerifier(io, new StoredShardInspection(io))
            .verify(owner.entry(), folder, VerifyLevel.FILES);
    return Optional.of(
        new ShardSeal(
            owner.seal().files().size(),
            evidence.isCurrent(),
            evidence.findings().stream().map(ShardFinding::toString).toList()));
  }
}
