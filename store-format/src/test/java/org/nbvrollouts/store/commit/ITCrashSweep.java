package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.server.HdfsCluster;
import org.nbvrollouts.store.server.S3Server;

/**
 * The sweep on HDFS and on an S3 server. A usual build breaks a sample; all of it:
 *
 * <pre>
 * mvn test -pl store-format -am -Dserver.tests.long=true -Dtest=ITCrashSweep -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class ITCrashSweep {
  private static final String BUCKET = "sweep";
  private static final int EVERY = Boolean.getBoolean("server.tests.long") ? 1 : 11;

  @TempDir private Path folder;

  @Test
  void onHdfsTheNextAttemptLeavesOneCommit() throws IOException {
    try (HdfsCluster cluster = HdfsCluster.start(folder)) {
      CommitStorage storage = CommitStorage.hdfs(cluster);
      for (PublishForm form : PublishForm.values()) {
        System.out.println(new CrashSweep(storage, form, EVERY).run());
      }
    }
  }

  @Test
  void onS3TheNextAttemptLeavesOneCommit() throws IOException {
    try (S3Server server = S3Server.start(folder, BUCKET)) {
      System.out.println(
          new CrashSweep(CommitStorage.s3(server, BUCKET), PublishForm.POINTER, EVERY).run());
    }
  }
}
