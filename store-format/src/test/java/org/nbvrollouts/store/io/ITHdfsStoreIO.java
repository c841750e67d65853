package org.nbvrollouts.store.io;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.server.HdfsCluster;
import org.nbvrollouts.store.server.StorageUnderTest;

class ITHdfsStoreIO extends AbstractTestStoreIO {

  @TempDir private static Path folder;
  private static HdfsCluster cluster;
  private static StoreIO io;

  private final StoreLocation root =
      new StoreLocation(cluster.address() + "/" + UUID.randomUUID() + "/a folder");

  @BeforeAll
  static void startCluster() {
    cluster = HdfsCluster.start(folder);
    io =
        StorageUnderTest.options(HdfsCluster.settings()).open(new StoreLocation(cluster.address()));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Override
  protected StoreIO io() {
    return io;
  }

  @Override
  protected StoreLocation root() {
    return root;
  }
}
