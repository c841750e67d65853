package org.nbvrollouts.jobs.campaign;

import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Starts Spark. What {@code spark-submit} or the user set wins; a bare start runs on every core of
 * this machine, without web page and without asking the network for the name of this host.
 */
final class LocalSpark {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String REMEMBERED = "20";

  private LocalSpark() {}

  /**
   * A context for one campaign.
   *
   * @param parallelism cores to use where no master is set
   */
  static JavaSparkContext start(String name, OptionalInt parallelism) {
    SparkConf conf = new SparkConf();
    conf.setAppName(name);
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.speculation", "false");
    conf.setIfMissing("spark.locality.wait", "1s");
    if (!conf.contains("spark.master")) {
      String cores = parallelism.isPresent() ? Integer.toString(parallelism.getAsInt()) : "*";
      conf.setIfMissing("spark.ui.enabled", "false");
      // Spark remembers jobs, stages and each of their tasks also where no web page shows them.
      conf.setIfMissing("spark.ui.retainedJobs", REMEMBERED);
      conf.setIfMissing("spark.ui.retainedStages", REMEMBERED);
      conf.setMaster("local[" + cores + "]");
      conf.setIfMissing("spark.driver.host", LOOPBACK);
      conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
    }
    EventLogFolder.prepare(conf);
    return new JavaSparkContext(conf);
  }
}
