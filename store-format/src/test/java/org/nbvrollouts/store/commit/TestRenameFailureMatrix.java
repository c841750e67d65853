package org.nbvrollouts.store.commit;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The failure matrix on a local disk, published by rename. */
class TestRenameFailureMatrix implements DeathRows, DuplicateRows, DamageRows, TroubleRows {
  @TempDir private Path folder;
  private MatrixCampaign campaign;

  @BeforeEach
  void newCampaign() {
    campaign = MatrixCampaign.on(CommitStorage.local(folder), PublishForm.RENAME);
  }

  @Override
  public MatrixCampaign campaign() {
    return campaign;
  }
}
