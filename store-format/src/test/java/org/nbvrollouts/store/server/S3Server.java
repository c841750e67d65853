package org.nbvrollouts.store.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An S3 server on this machine that keeps its objects in a folder and checks signatures: S3Proxy in
 * a process of its own. Started again on the same folder it has the same objects and address.
 */
public final class S3Server implements AutoCloseable {
  /** Name of its one user. */
  public static final String ACCESS_KEY = "local-user";

  /** Password of its one user; no real secret, so that tests can look for it in what is written. */
  public static final String SECRET_KEY = "local-secret-7Qx0vM2b";

  private final Path folder;
  private final int port;
  private ServerProcess process;

  private S3Server(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a server.
   *
   * @param folder where it keeps settings, log and objects
   * @param buckets that exist from the start
   */
  public static S3Server start(Path folder, String... buckets) {
    S3Server server = new S3Server(folder, ServerProcess.freePort());
    try {
      for (String bucket : buckets) {
        Files.createDirectories(server.objects().resolve(bucket));
      }
      Files.writeString(folder.resolve("s3proxy.properties"), server.properties());
      Files.writeString(folder.resolve("logback.xml"), LOGBACK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.start();
    return server;
  }

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %level %logger{0}: %msg%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="OUT"/></root>
      </configuration>
      """;

  /** Where objects lie, as files below the name of their bucket. */
  public Path objects() {
    return folder.resolve("objects");
  }

  private String properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("s3proxy.authorization", "aws-v2-or-v4");
    properties.put("s3proxy.endpoint", endpoint());
    properties.put("s3proxy.identity", ACCESS_KEY);
    properties.put("s3proxy.credential", SECRET_KEY);
    properties.put("jclouds.provider", "filesystem-nio2");
    properties.put("jclouds.filesystem.basedir", objects().toString());
    properties.put("jclouds.identity", "unused");
    properties.put("jclouds.credential", "unused");
    StringBuilder text = new StringBuilder();
    properties.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return text.toString();
  }

  /** Starts the server again after {@link #stop} or {@link #kill}. */
  public void start() {
    process =
        new ServerProcess(
            "s3",
            List.of(),
            List.of(
                "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                "org.gaul.s3proxy.Main",
                "--properties",
                folder.resolve("s3proxy.properties").toString()),
            folder.resolve("s3proxy.log"));
    process.start(port);
  }

  public int port() {
    return port;
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** Hadoop settings that lead to this server, or to a proxy before it; without credentials. */
  public static Map<String, String> settings(String endpoint) {
    return Map.of(
        "fs.s3a.endpoint", endpoint,
        "fs.s3a.endpoint.region", "us-east-1",
        "fs.s3a.path.style.access", "true",
        "fs.s3a.connection.ssl.enabled", "false");
  }

  /** Ends the server; its objects stay. */
  public void stop() {
    process.stop();
  }

  /** Ends the server at once, in the middle of whatever it does. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
