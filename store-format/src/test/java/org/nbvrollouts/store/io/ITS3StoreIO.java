package org.nbvrollouts.store.io;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.server.S3Server;
import org.nbvrollouts.store.server.StorageUnderTest;

class ITS3StoreIO extends AbstractTestStoreIO {
  private static final String BUCKET = "contract";

  @TempDir private static Path folder;
  private static S3Server server;
  private static StoreIO io;

  private final StoreLocation root =
      new StoreLocation("s3a://" + BUCKET + "/" + UUID.randomUUID() + "/a folder");

  @BeforeAll
  static void startServer() {
    server = S3Server.start(folder, BUCKET);
    io =
        StorageUnderTest.options(StorageUnderTest.s3Settings(server.endpoint()))
            .open(new StoreLocation("s3a://" + BUCKET));
  }

  @AfterAll
  static void stopServer() {
    server.close();
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
