package org.nbvrollouts.store.server;

import java.util.Map;
import java.util.TreeMap;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.RetryPolicy;
import org.nbvrollouts.store.io.StorageOptions;

/** Options that lead tests to the servers of this package. */
public final class StorageUnderTest {
  private StorageUnderTest() {}

  /**
   * Options for these settings. Credentials reach Hadoop's own provider as JVM properties, the way
   * that needs no file and no environment.
   */
  public static StorageOptions options(Map<String, String> settings) {
    return options(settings, RetryPolicy.DEFAULT);
  }

  /** As {@link #options(Map)}, with other retries. */
  public static StorageOptions options(Map<String, String> settings, RetryPolicy retry) {
    System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
    System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
    return new StorageOptions(Durability.BUFFERED, retry, settings);
  }

  /** Settings for S3 behind an address, with the credentials of {@link #options}. */
  public static Map<String, String> s3Settings(String endpoint) {
    Map<String, String> settings = new TreeMap<>(S3Server.settings(endpoint));
    settings.put(
        "fs.s3a.aws.credentials.provider",
        "software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider");
    return settings;
  }
}
