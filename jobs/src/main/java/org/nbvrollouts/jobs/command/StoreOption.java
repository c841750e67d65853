package org.nbvrollouts.jobs.command;

import java.util.List;
import org.nbvrollouts.jobs.origin.RemoteStores;
import org.nbvrollouts.store.io.StoreLocation;
import picocli.CommandLine.Option;

/** A store, or where a command allows it the stores of a campaign. */
final class StoreOption {
  @Option(
      names = "--store",
      paramLabel = "STORE",
      required = true,
      description = "The store: a shard on any storage, its folder, or the archive of a packed one")
  String store;

  /** The one store. */
  StoreLocation one() {
    return RemoteStores.store(location());
  }

  /** All stores of the final root that was named, or the one. */
  List<StoreLocation> all() {
    return RemoteStores.stores(location());
  }

  /** What was named; local links are resolved. */
  StoreLocation location() {
    StoreLocation location = Paths.location("--store", store);
    return location.isLocal()
        ? StoreLocation.of(Paths.existingStore(location.localPath()))
        : location;
  }
}
