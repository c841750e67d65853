package org.nbvrollouts.store.commit;

import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.StartedSidecar;

/**
 * Publishes without moving anything: the attempt lives below the final directory from the start,
 * and the marker names it. For storages without an atomic rename of folders.
 */
public final class PointerPublisher implements Publisher {

  @Override
  public StoreLocation attemptsOf(CampaignLayout layout, String shardId) {
    return layout.finalDirectory(shardId);
  }

  @Override
  public String storePath(String attemptId) {
    return attemptId + "/" + CampaignLayout.STORE_NAME;
  }

  @Override
  public void makeDurable(StoreLocation store) {
    // An object store acknowledges an upload only when it is durable.
  }

  @Override
  public Publication publish(StoreLocation store, StoreLocation finalDirectory) {
    return Publication.PUBLISHED;
  }

  @Override
  public StoreLocation scratchOf(StoreLocation attemptFolder) {
    return attemptFolder.child(StartedSidecar.FILE_NAME);
  }

  @Override
  public void prune(CampaignLayout layout, String shardId) {
    // Folders exist only while something is in them.
  }
}
