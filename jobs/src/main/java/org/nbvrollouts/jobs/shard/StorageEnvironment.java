package org.nbvrollouts.jobs.shard;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.nbvrollouts.jobs.config.StorageSettings;
import org.nbvrollouts.store.io.StorageSettingNames;

/**
 * Settings of remote storage that this process was started with: those that {@code spark-submit
 * --conf spark.hadoop.…} leaves in the properties of the JVM, and the names of place that the tools
 * of S3 share. Only what may travel with tasks is taken; credentials are none of it.
 */
final class StorageEnvironment {
  private static final String SPARK_PREFIX = "spark.hadoop.";
  private static final String ENDPOINT = "fs.s3a.endpoint";
  private static final String REGION = "fs.s3a.endpoint.region";
  private static final String PATH_STYLE = "fs.s3a.path.style.access";

  private StorageEnvironment() {}

  /** Settings from the campaign file, before those of the JVM, before those of the environment. */
  static Map<String, String> settings(
      StorageSettings file, Properties properties, Map<String, String> environment) {
    Map<String, String> settings = new TreeMap<>();
    endpoint(settings, environment.getOrDefault("AWS_ENDPOINT_URL", ""));
    endpoint(settings, environment.getOrDefault("AWS_ENDPOINT_URL_S3", ""));
    put(settings, REGION, environment.getOrDefault("AWS_REGION", ""));
    for (String name : properties.stringPropertyNames()) {
      String hadoopName =
          name.startsWith(SPARK_PREFIX) ? name.substring(SPARK_PREFIX.length()) : "";
      if (StorageSettingNames.isAllowed(hadoopName)) {
        settings.put(hadoopName, properties.getProperty(name));
      }
    }
    endpoint(settings, file.s3Endpoint());
    put(settings, REGION, file.s3Region());
    if (settings.containsKey(ENDPOINT)) {
      // The client asks Amazon for the region of a bucket that is not there.
      settings.putIfAbsent(REGION, "us-east-1");
    }
    return settings;
  }

  /** Servers other than Amazon's rarely have a host name per bucket. */
  private static void endpoint(Map<String, String> settings, String url) {
    if (!url.isEmpty()) {
      settings.put(ENDPOINT, url);
      settings.put(PATH_STYLE, Boolean.toString(!url.contains(".amazonaws.com")));
    }
  }

  private static void put(Map<String, String> settings, String name, String value) {
    if (!value.isEmpty()) {
      settings.put(name, value);
    }
  }
}
