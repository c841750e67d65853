package org.nbvrollouts.jobs.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.server.HdfsCluster;
import org.nbvrollouts.store.server.S3Server;
import org.nbvrollouts.store.server.StorageUnderTest;

/** An S3 server and HDFS, which commands of this JVM find by its properties. */
final class RemoteServers implements AutoCloseable {
  private static final String BUCKET = "rollouts";

  private final Path folder;
  private final S3Server s3;
  private final HdfsCluster hdfs;
  private final Map<String, String> properties = new TreeMap<>();

  private RemoteServers(Path folder, S3Server s3, HdfsCluster hdfs) {
    this.folder = folder;
    this.s3 = s3;
    this.hdfs = hdfs;
    properties.put("aws.accessKeyId", S3Server.ACCESS_KEY);
    properties.put("aws.secretAccessKey", S3Server.SECRET_KEY);
    Map<String, String> hadoop = new TreeMap<>(StorageUnderTest.s3Settings(s3.endpoint()));
    hadoop.putAll(HdfsCluster.settings());
    hadoop.forEach((name, value) -> properties.put("spark.hadoop." + name, value));
    properties.forEach(System::setProperty);
  }

  static RemoteServers start(Path folder) throws IOException {
    S3Server s3 = S3Server.start(Files.createDirectories(folder.resolve("s3")), BUCKET);
    try {
      return new RemoteServers(
          folder, s3, HdfsCluster.start(Files.createDirectories(folder.resolve("hdfs"))));
    } catch (IOException | RuntimeException e) {
      s3.close();
      throw e;
    }
  }

  S3Server s3() {
    return s3;
  }

  HdfsCluster hdfs() {
    return hdfs;
  }

  /** A final root on {@code local}, {@code hdfs} or {@code s3}. */
  StoreLocation root(String storage) {
    return switch (storage) {
      case "hdfs" -> new StoreLocation(hdfs.address() + "/campaign");
      case "s3" -> new StoreLocation("s3a://" + BUCKET + "/campaign");
      case "local" -> StoreLocation.of(folder.resolve("campaign"));
      default -> throw new IllegalArgumentException(storage);
    };
  }

  /** Options for another JVM that shall find the servers too. */
  List<String> jvmOptions() {
    List<String> options = new ArrayList<>(List.of("-Xmx1g"));
    properties.forEach((name, value) -> options.add("-D" + name + "=" + value));
    return options;
  }

  @Override
  public void close() {
    properties.keySet().forEach(System::clearProperty);
    s3.close();
    hdfs.close();
  }
}
