package org.nbvrollouts.store.commit;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The failure matrix on a local disk, published by pointer. */
class TestPointerFailureMatrix implements DeathRows, DuplicateRows, DamageRows, TroubleRows {
  @TempDir private Path folder;
  private MatrixCampaign campaign;

  @BeforeEach
  void newCampaign() {
    campaign = MatrixCampaign.on(CommitStorage.local(folder), PublishForm.POINTER);
  }

  @Override
  public MatrixCampaign campaign() {
    return campaign;
  }
}
