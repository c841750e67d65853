package org.nbvrollouts.store.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs an S3 server, and HDFS, for a person or a check, until the process is ended. */
public final class LocalServers {
  private static final String BUCKET = "rollouts";

  private LocalServers() {}

  /**
   * Starts the servers and says how to use them.
   *
   * @param arguments the folder where they keep their data; {@code s3} for that server alone
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    Path s3Folder = Files.createDirectories(folder.resolve("s3"));
    try (S3Server s3 = S3Server.start(s3Folder, BUCKET)) {
      System.out.printf(
          """
          export AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s AWS_ENDPOINT_URL=%s
          ./nbv-rollouts run ... --final-root s3a://%s/campaign
          """,
          S3Server.ACCESS_KEY, S3Server.SECRET_KEY, s3.endpoint(), BUCKET);
      if (arguments.length > 1) {
        untilEnded();
      }
      Path hdfsFolder = Files.createDirectories(folder.resolve("hdfs"));
      try (HdfsCluster hdfs = HdfsCluster.start(hdfsFolder)) {
        System.out.printf("./nbv-rollouts run ... --final-root %s/campaign%n", hdfs.address());
        untilEnded();
      }
    }
  }

  private static void untilEnded() throws InterruptedException {
    System.out.println("Ctrl-C ends what runs here.");
    Thread.currentThread().join();
  }
}
