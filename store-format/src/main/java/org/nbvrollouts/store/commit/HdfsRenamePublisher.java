package org.nbvrollouts.store.commit;

import java.io.IOException;
import org.nbvrollouts.store.io.HdfsStoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.SuccessSidecar;

/**
 * Publishes on HDFS by one rename that the NameNode refuses if anything stands at the target; an
 * empty folder there is removed first.
 */
public final class HdfsRenamePublisher implements Publisher {
  private final HdfsStoreIO io;

  public HdfsRenamePublisher(HdfsStoreIO io) {
    this.io = io;
  }

  @Override
  public StoreLocation attemptsOf(CampaignLayout layout, String shardId) {
    return layout.attemptsOf(shardId);
  }

  @Override
  public String storePath(String attemptId) {
    return SuccessSidecar.STORE_IS_FINAL_DIRECTORY;
  }

  @Override
  public void makeDurable(StoreLocation store) {
    // A closed file has its replicas; HDFS keeps no caches that a client could empty.
  }

  @Override
  public Publication publish(StoreLocation store, StoreLocation finalDirectory) throws IOException {
    return io.renameFolder(store, finalDirectory)
        ? Publication.PUBLISHED
        : Publication.TARGET_EXISTS;
  }

  @Override
  public StoreLocation scratchOf(StoreLocation attemptFolder) {
    return attemptFolder;
  }
}
