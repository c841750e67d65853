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

  /**
   * How long the one executor of a local run may be silent. It is in this process: silence means
   * that the machine slept or the process was stopped, and both go on together. Spark's two minutes
   * would declare it lost. Netty keeps the time in an int of milliseconds, so 24 days are too many.
   */
  private static final String LONGEST_SLEEP = "7d";

  private LocalSpark() {}

  /**
   * A context for one campaign.
   *
   * @param parallelism cores to use where no master is set
   */
  static JavaSparkContext start(String name, OptionalInt parallelism) {
    SparkConf conf = settings(name, parallelism);
    EventLogFolder.prepare(conf);
    return new JavaSparkContext(conf);
  }

  /** What a context is started with. */
  static SparkConf settings(String name, OptionalInt parallelism) {
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
      conf.setIfMissing("spark.network.timeout", LONGEST_SLEEP);
    }
    return conf;
  }
}
