package org.nbvrollouts.store.commit;

import java.io.IOException;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalDisk;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.StartedSidecar;

/**
 * Publishes without moving anything: the attempt lives below the final directory from the start,
 * and the marker names it. For storages without an atomic rename of folders.
 */
public final class PointerPublisher implements Publisher {
  private final Durability durability;

  /**
   * @param durability of local disks
   */
  public PointerPublisher(Durability durability) {
    this.durability = durability;
  }

  @Override
  public StoreLocation attemptsOf(CampaignLayout layout, String shardId) {
    return layout.finalDirectory(shardId);
  }

  @Override
  public String storePath(String attemptId) {
    return attemptId + "/" + CampaignLayout.STORE_NAME;
  }

  @Override
  public void makeDurable(StoreLocation store) throws IOException {
    // Other storage acknowledges a write only when it is durable.
    if (store.isLocal() && durability == Durability.FORCED) {
      LocalDisk.forceTree(store.localPath());
    }
  }

  @Override
  public Publication publish(StoreLocation store, StoreLocation finalDirectory) {
    return Publication.PUBLISHED;
  }

  @Override
  public StoreLocation scratchOf(StoreLocation attemptFolder) {
    return attemptFolder.child(StartedSidecar.FILE_NAME);
  }
}
