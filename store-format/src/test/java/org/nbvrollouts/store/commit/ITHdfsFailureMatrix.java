package org.nbvrollouts.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.server.HdfsCluster;

/** The failure matrix on HDFS, published by rename. */
class ITHdfsFailureMatrix implements DeathRows, DuplicateRows, DamageRows, TroubleRows {
  @TempDir private static Path folder;
  private static HdfsCluster cluster;
  private static CommitStorage storage;
  private MatrixCampaign campaign;

  @BeforeAll
  static void startCluster() {
    cluster = HdfsCluster.start(folder);
    storage = CommitStorage.hdfs(cluster);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void newCampaign() {
    campaign = MatrixCampaign.on(storage, PublishForm.RENAME);
  }

  @Override
  public MatrixCampaign campaign() {
    return campaign;
  }

  @Test
  void row28AQuotaThatIsExceededIsAFullDiskUntilItIsRaised() throws IOException {
    StoreLocation root = campaign.harness().layout().finalRoot();
    storage.io().write(root.child("campaign.json"), new byte[0]);
    // The root itself, the file in it and the three folders of an attempt.
    setQuota(root, 5);
    RolloutShardRunResult.Unfinished full =
        (RolloutShardRunResult.Unfinished) campaign.harness().run(MatrixCampaign.ENTRY);
    assertThat(full.outcome()).isEqualTo(AttemptOutcome.FAILED);
    assertThat(full.failure().kind()).as(full.failure().error()).isEqualTo(FailureKind.DISK_FULL);
    setQuota(root, 100);
    campaign.assertCommits();
  }

  private static void setQuota(StoreLocation folder, long names) throws IOException {
    Configuration configuration = new Configuration(false);
    HdfsCluster.settings().forEach(configuration::set);
    URI address = URI.create(cluster.address());
    try (FileSystem files = FileSystem.newInstance(address, configuration)) {
      ((DistributedFileSystem) files)
          .setQuota(new org.apache.hadoop.fs.Path(folder.text()), names, Long.MAX_VALUE);
    }
  }
}
