package org.nbvrollouts.jobs.origin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.jobs.config.StorageSettings;
import org.nbvrollouts.jobs.shard.CampaignStorage;
import org.nbvrollouts.store.audit.StoreDiscovery;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.io.StoreEntry;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.ShardIds;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.shard.CommittedShard;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.StoreLayout;

/**
 * As {@link StorePlaces}, for every storage. On remote storage a store is named by its shard, whose
 * marker says where it lies.
 */
public final class RemoteStores {
  private RemoteStores() {}

  /** The storage that serves a place, reached with the settings of this process. */
  public static StoreIO io(StoreLocation place) {
    return CampaignStorage.io(place, StorageSettings.DEFAULT);
  }

  /**
   * The store of a shard, or on a local disk the store that a folder is.
   *
   * @throws RefusedInputException if there is none, or its shard is not committed
   */
  public static StoreLocation store(StoreLocation folder) {
    return folder.isLocal()
        ? StoreLocation.of(StorePlaces.store(folder.localPath()))
        : CommittedShard.open(io(folder), folder).store();
  }

  /**
   * The committed stores below a final root in order of shard ids, or the one store of a shard.
   *
   * @throws RefusedInputException if there is none
   */
  public static List<StoreLocation> stores(StoreLocation folder) {
    if (folder.isLocal()) {
      return StorePlaces.stores(folder.localPath()).stream().map(StoreLocation::of).toList();
    }
    StoreIO io = io(folder);
    try {
      StoreListing listing = io.list(folder);
      if (listing.contains(SuccessSidecar.FILE_NAME)) {
        return List.of(store(folder));
      }
      List<StoreLocation> stores = new ArrayList<>();
      for (StoreEntry child : listing.entries()) {
        StoreLocation shard = folder.child(child.name());
        if (child.isFolder()
            && ShardIds.isCanonical(child.name())
            && io.list(shard).contains(SuccessSidecar.FILE_NAME)) {
          stores.add(CommittedShard.open(io, shard).store());
        }
      }
      if (stores.isEmpty()) {
        throw StorePlaces.noStores(folder);
      }
      return stores;
    } catch (IOException e) {
      throw StorePlaces.notListed(folder, e);
    }
  }

  /**
   * Every store at or below a folder, in any state and of any schema; the place itself if nothing
   * else is there, since somebody named it.
   *
   * @param pattern what paths below the folder must fit
   */
  public static List<StoreLocation> discovered(StoreLocation folder, String pattern) {
    List<StoreLocation> stores =
        StoreDiscovery.discoverRolloutStorePaths(io(folder), folder, pattern);
    return stores.isEmpty() && pattern.equals(StoreDiscovery.ANY) ? List.of(folder) : stores;
  }

  /** Opens a store that one of the other methods named. */
  public static RolloutZarrStoreReader reader(StoreLocation store) {
    return store.isLocal()
        ? RolloutZarrStoreReader.open(store.localPath())
        : RolloutZarrStoreReader.open(StoreLayout.filesAt(io(store), store));
  }
}
