package org.nbvrollouts.jobs.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real Spark standalone cluster on this machine: a master, and two workers of one core each on
 * two loopback addresses, because speculation never copies a task to the host it already runs on.
 * Jobs come by spark-submit. Spark itself comes from the libraries of the build.
 */
final class SparkCluster implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(5);
  private static final List<String> WORKER_HOSTS = List.of("127.0.0.1", "127.0.0.2");
  private static final String MASTER_HOST = "127.0.0.1";
  private static final String TARGET = "target";

  private final Path folder;
  private final List<JavaProcess> workers = new ArrayList<>();
  private final int masterPort;
  private JavaProcess master;
  private int submissions;

  private SparkCluster(Path folder, int masterPort) {
    this.folder = folder;
    this.masterPort = masterPort;
  }

  /**
   * Starts the cluster and waits until both workers are registered.
   *
   * @param folder empty; logs and work folders go there
   */
  static SparkCluster start(Path folder) throws IOException, InterruptedException {
    SparkCluster cluster = new SparkCluster(folder, freePort());
    try {
      // Executors take their libraries from the class path of the build; Spark only insists that
      // its own folder of libraries exists.
      Files.createDirectories(cluster.home().resolve("jars"));
      cluster.startMaster();
      for (int i = 0; i < WORKER_HOSTS.size(); i++) {
        cluster.startWorker(i);
      }
      cluster.master.await(
          "workers",
          START,
          () -> occurrences(cluster.master.text(), "Registering worker") == WORKER_HOSTS.size());
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Sends a command line by spark-submit; the driver is a process of its own. */
  JavaProcess submit(List<String> sparkConf, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add("org.apache.spark.deploy.SparkSubmit");
    command.addAll(List.of("--master", "spark://" + MASTER_HOST + ":" + masterPort));
    command.addAll(List.of("--deploy-mode", "client"));
    command.addAll(List.of("--class", "org.nbvrollouts.jobs.RolloutCli"));
    List<String> conf = new ArrayList<>(sparkConf);
    conf.add("spark.driver.host=" + MASTER_HOST);
    conf.add("spark.driver.bindAddress=" + MASTER_HOST);
    conf.add("spark.executor.memory=700m");
    conf.add("spark.executor.cores=1");
    conf.add("spark.ui.enabled=false");
    conf.forEach(setting -> command.addAll(List.of("--conf", setting)));
    command.add(jobJar().toString());
    command.addAll(arguments);
    return start("driver-" + submissions++, command);
  }

  /** The process of an executor that runs now. */
  ProcessHandle executor(String executorId) {
    for (int i = 0; i < workers.size(); i++) {
      if (runs(i, executorId)) {
        return workers
            .get(i)
            .handle()
            .children()
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("No executor " + executorId));
      }
    }
    throw new IllegalStateException("No worker has executor " + executorId);
  }

  @Override
  public void close() {
    workers.forEach(JavaProcess::close);
    if (master != null) {
      master.close();
    }
  }

  /** A worker gives every executor a folder named after application and executor. */
  private boolean runs(int worker, String executorId) {
    List<Path> applications = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(folder.resolve("work-" + worker), "app-*")) {
      found.forEach(applications::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Names of applications carry their time and number, so the last is the latest.
    Optional<Path> latest = applications.stream().sorted().reduce((first, second) -> second);
    return latest.isPresent() && Files.isDirectory(latest.get().resolve(executorId));
  }

  private void startMaster() throws IOException {
    master =
        start(
            "master",
            List.of(
                "org.apache.spark.deploy.master.Master",
                "--host",
                MASTER_HOST,
                "--port",
                Integer.toString(masterPort),
                "--webui-port",
                Integer.toString(freePort())));
  }

  private void startWorker(int number) throws IOException {
    Path work = Files.createDirectories(folder.resolve("work-" + number));
    workers.add(
        start(
            "worker-" + number,
            List.of(
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                WORKER_HOSTS.get(number),
                "--port",
                Integer.toString(freePort()),
                "--webui-port",
                Integer.toString(freePort()),
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                work.toString(),
                "spark://" + MASTER_HOST + ":" + masterPort)));
  }

  private Path home() {
    return folder.resolve("spark");
  }

  private JavaProcess start(String name, List<String> mainAndArguments) throws IOException {
    String libraries = Files.readString(Path.of(TARGET, "spark.classpath")).strip();
    return JavaProcess.start(
        libraries,
        Map.of(
            "SPARK_HOME",
            home().toString(),
            "SPARK_DIST_CLASSPATH",
            libraries,
            "SPARK_SCALA_VERSION",
            "2.13",
            "SPARK_LOCAL_IP",
            MASTER_HOST,
            "JAVA_HOME",
            System.getProperty("java.home")),
        folder.resolve(name + ".log"),
        mainAndArguments);
  }

  private static Path jobJar() throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(Path.of(TARGET), "jobs-*-spark.jar")) {
      return jars.iterator().next().toAbsolutePath();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static int occurrences(String text, String part) {
    return text.split(part, -1).length - 1;
  }
}
