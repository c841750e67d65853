package org.nbvrollouts.store.commit;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.server.S3Server;

/** The failure matrix on an S3 server, published by pointer. */
class ITS3FailureMatrix implements DeathRows, DuplicateRows, DamageRows, TroubleRows {
  private static final String BUCKET = "matrix";

  @TempDir private static Path folder;
  private static S3Server server;
  private static CommitStorage storage;
  private MatrixCampaign campaign;

  @BeforeAll
  static void startServer() {
    server = S3Server.start(folder, BUCKET);
    storage = CommitStorage.s3(server, BUCKET);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void newCampaign() {
    campaign = MatrixCampaign.on(storage, PublishForm.POINTER);
  }

  @Override
  public MatrixCampaign campaign() {
    return campaign;
  }
}
