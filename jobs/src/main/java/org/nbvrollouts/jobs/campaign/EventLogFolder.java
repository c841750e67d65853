package org.nbvrollouts.jobs.campaign;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of Spark's event log. Spark wants to find it and ends where it does not; a campaign is
 * worth more than its log, so the folder is made, and where that fails the run goes on without.
 */
final class EventLogFolder {
  private static final Logger LOG = LoggerFactory.getLogger(EventLogFolder.class);
  private static final String ENABLED = "spark.eventLog.enabled";
  private static final String FOLDER = "spark.eventLog.dir";

  /** Spark's own default. */
  private static final String DEFAULT = "/tmp/spark-events";

  private EventLogFolder() {}

  /** Makes the folder, or switches the event log off. */
  static void prepare(SparkConf conf) {
    if (!conf.getBoolean(ENABLED, false)) {
      return;
    }
    Path folder = new Path(conf.get(FOLDER, DEFAULT));
    try {
      FileSystem files = folder.getFileSystem(SparkHadoopUtil.get().newConfiguration(conf));
      files.mkdirs(folder);
      Path probe = new Path(folder, ".probe-" + ProcessHandle.current().pid());
      files.create(probe).close();
      files.delete(probe, false);
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "Cannot use folder for Spark's event log, going on without: {} (folder={}). Make it, or"
              + " name another one with --conf {}",
          e.toString(),
          folder,
          FOLDER);
      conf.set(ENABLED, "false");
    }
  }
}
