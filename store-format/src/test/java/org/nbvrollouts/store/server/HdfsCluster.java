package org.nbvrollouts.store.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * HDFS on this machine: a NameNode and a DataNode, each in a process of its own. Started again on
 * the same folder it has the same files and address.
 */
public final class HdfsCluster implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1:";
  private static final long START_SECONDS = 300;
  private static final long POLL_MS = 50;

  private final Path folder;
  private final int port = ServerProcess.freePort();
  private final int webPort = ServerProcess.freePort();
  private final int dataPort = ServerProcess.freePort();
  private final int dataIpcPort = ServerProcess.freePort();
  private final int dataWebPort = ServerProcess.freePort();
  private ServerProcess nameNode;
  private ServerProcess dataNode;

  private HdfsCluster(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts a cluster.
   *
   * @param folder where it keeps settings, logs and blocks
   */
  public static HdfsCluster start(Path folder) {
    HdfsCluster cluster = new HdfsCluster(folder);
    try {
      // Both processes look for these folders and accept empty ones.
      Files.createDirectories(folder.resolve("conf/webapps/hdfs"));
      Files.createDirectories(folder.resolve("conf/webapps/datanode"));
      Files.createDirectories(folder.resolve("data"));
      Files.writeString(folder.resolve("conf/hdfs-site.xml"), cluster.configuration());
      Files.writeString(folder.resolve("conf/core-site.xml"), cluster.configuration());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cluster.process("NameNode", "format", "-format", "-nonInteractive").run();
    cluster.start();
    return cluster;
  }

  private String configuration() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("fs.defaultFS", address());
    settings.put("dfs.namenode.rpc-address", LOOPBACK + port);
    settings.put("dfs.namenode.http-address", LOOPBACK + webPort);
    settings.put("dfs.namenode.name.dir", folder.resolve("name").toUri().toString());
    settings.put("dfs.datanode.data.dir", folder.resolve("data").toUri().toString());
    settings.put("dfs.datanode.address", LOOPBACK + dataPort);
    settings.put("dfs.datanode.ipc.address", LOOPBACK + dataIpcPort);
    settings.put("dfs.datanode.http.address", LOOPBACK + dataWebPort);
    settings.put("dfs.replication", "1");
    settings.put("dfs.permissions.enabled", "false");
    settings.put("dfs.namenode.safemode.extension", "0");
    settings.put("dfs.heartbeat.interval", "1");
    settings.put("dfs.datanode.hostname", "localhost");
    settings.put("dfs.namenode.datanode.registration.ip-hostname-check", "false");
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<configuration>\n");
    settings.forEach(
        (name, value) ->
            xml.append(
                "  <property><name>%s</name><value>%s</value></property>%n"
                    .formatted(name, value)));
    return xml.append("</configuration>\n").toString();
  }

  private ServerProcess process(String role, String log, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    words.add("-Dhadoop.home.dir=" + folder);
    String packageName = role.equals("NameNode") ? "namenode" : "datanode";
    words.add("org.apache.hadoop.hdfs.server." + packageName + "." + role);
    words.addAll(List.of(arguments));
    return new ServerProcess(
        "hdfs", List.of(folder.resolve("conf").toString()), words, folder.resolve(log + ".log"));
  }

  /** Starts the cluster again after {@link #stop} or {@link #kill}. */
  public void start() {
    nameNode = process("NameNode", "namenode");
    nameNode.start(port);
    dataNode = process("DataNode", "datanode");
    dataNode.start(dataPort);
    awaitDataNode();
  }

  /** A DataNode that listens may still be unknown to the NameNode, which then refuses writes. */
  private void awaitDataNode() {
    URI question =
        URI.create(
            "http://"
                + LOOPBACK
                + webPort
                + "/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    try {
      while (!read(question).contains("\"NumLiveDataNodes\" : 1,")) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("The DataNode did not register (folder=" + folder + ")");
        }
        Thread.sleep(POLL_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String read(URI address) {
    try (InputStream in = address.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      // The server of this page starts after the others.
      return "";
    }
  }

  /** Address of the file system, without a slash at its end. */
  public String address() {
    return "hdfs://" + LOOPBACK + port;
  }

  /** Hadoop settings that suit a cluster of one DataNode. */
  public static Map<String, String> settings() {
    return Map.of(
        "dfs.replication", "1",
        "dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "10",
        "dfs.client.block.write.replace-datanode-on-failure.enable", "false");
  }

  /** Ends both processes; their files stay. */
  public void stop() {
    dataNode.stop();
    nameNode.stop();
  }

  /** Ends both processes at once, in the middle of whatever they do. */
  public void kill() {
    dataNode.kill();
    nameNode.kill();
  }

  @Override
  public void close() {
    stop();
  }
}
