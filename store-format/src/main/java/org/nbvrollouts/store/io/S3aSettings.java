package org.nbvrollouts.store.io;

import org.apache.hadoop.conf.Configuration;

/** What this product needs of the client of S3, whatever the machine is configured to. */
final class S3aSettings {
  /** Connections at the same time: uploads of several tasks of one process. */
  private static final String CONNECTIONS = "96";

  private S3aSettings() {}

  static void apply(Configuration configuration) {
    // Retries are ours alone: each layer that tries again multiplies the time until an answer,
    // and a conditional upload that the client repeats in secret loses against itself.
    configuration.set("fs.s3a.attempts.maximum", "0");
    configuration.set("fs.s3a.retry.limit", "0");
    configuration.set("fs.s3a.retry.throttle.limit", "0");
    // An upload asks nothing before it and leaves no markers of folders behind it.
    configuration.set("fs.s3a.performance.flags", "create,delete,mkdir");
    // The stream that Hadoop 3.5 prefers asks for the size of every object again.
    ifDefault(configuration, "fs.s3a.input.stream.type", "classic");
    ifDefault(configuration, "fs.s3a.connection.maximum", CONNECTIONS);
    ifDefault(configuration, "fs.s3a.connection.establish.timeout", "15s");
    ifDefault(configuration, "fs.s3a.connection.timeout", "30s");
    ifDefault(configuration, "fs.s3a.connection.request.timeout", "60s");
  }

  /** Sets what only the defaults of Hadoop say. */
  private static void ifDefault(Configuration configuration, String name, String value) {
    String[] sources = configuration.getPropertySources(name);
    if (sources == null || sources[sources.length - 1].equals("core-default.xml")) {
      configuration.set(name, value);
    }
  }
}
