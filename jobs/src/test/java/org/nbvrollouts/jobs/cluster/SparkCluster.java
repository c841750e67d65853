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
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

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
  private final Map<String, String> environment;
  private final JavaProcess[] workers = new JavaProcess[WORKER_HOSTS.size()];
  private final Set<ProcessHandle> executors = ConcurrentHashMap.newKeySet();
  private final int masterPort;
  private JavaProcess master;
  private int starts;

  private SparkCluster(Path folder, Map<String, String> environment, int masterPort) {
    this.folder = folder;
    this.environment = environment;
    this.masterPort = masterPort;
  }

  /**
   * Starts the cluster and waits until both workers are registered.
   *
   * @param folder empty; logs and work folders go there
   * @param environment of all its processes and their executors, beside that of the test
   */
  static SparkCluster start(Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    SparkCluster cluster = new SparkCluster(folder, environment, freePort());
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
    command.addAll(List.of("--properties-file", "../conf/spark-defaults.conf"));
    List<String> conf = new ArrayList<>(sparkConf);
    conf.add("spark.eventLog.dir=" + Files.createDirectories(eventLogs()).toUri());
    conf.add("spark.driver.host=" + MASTER_HOST);
    conf.add("spark.driver.bindAddress=" + MASTER_HOST);
    conf.add("spark.executor.extraJavaOptions=" + String.join(" ", JavaProcess.QUICK_START));
    conf.add("spark.executor.memory=700m");
    conf.add("spark.executor.cores=1");
    conf.add("spark.driver.memory=512m");
    conf.add("spark.ui.enabled=false");
    conf.forEach(setting -> command.addAll(List.of("--conf", setting)));
    command.add(jobJar().toString());
    command.addAll(arguments);
    return start("driver", command);
  }

  /** Runs a command as the launcher does, without Spark of the cluster. */
  JavaProcess command(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("org.nbvrollouts.jobs.RolloutCli"));
    command.addAll(arguments);
    return JavaProcess.start(
        System.getProperty("java.class.path"), environment, nextLog("command"), command);
  }

  /** Executors that run now, in no order. */
  List<ProcessHandle> executors() {
    List<ProcessHandle> running = new ArrayList<>();
    for (JavaProcess worker : workers) {
      worker.handle().children().forEach(running::add);
    }
    executors.addAll(running);
    return running;
  }

  int workerCount() {
    return workers.length;
  }

  /** A worker; its executors end by themselves when it does. */
  ProcessHandle worker(int number) {
    return workers[number].handle();
  }

  /** Ends a worker at once and starts it again. */
  void restartWorker(int number) throws IOException {
    // Known from now on, since a dead worker does not tell of its executors.
    executors();
    workers[number].handle().destroyForcibly();
    workers[number].handle().onExit().join();
    startWorker(number);
  }

  /** The process of an executor that runs now. */
  ProcessHandle executor(String executorId) {
    return workers[workerOf(executorId)]
        .handle()
        .children()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No executor " + executorId));
  }

  /** Number of the worker that has an executor. */
  int workerOf(String executorId) {
    for (int i = 0; i < workers.length; i++) {
      if (runs(i, executorId)) {
        return i;
      }
    }
    throw new IllegalStateException("No worker has executor " + executorId);
  }

  @Override
  public void close() {
    for (JavaProcess worker : workers) {
      if (worker != null) {
        worker.close();
      }
    }
    if (master != null) {
      master.close();
    }
    // Those of a worker that was killed are nobody's children.
    executors.forEach(ProcessHandle::destroyForcibly);
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
    workers[number] =
        start(
            "worker-" + number,
            List.of(
                "-Dspark.decommission.enabled=true",
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
                "spark://" + MASTER_HOST + ":" + masterPort));
  }

  /** Where Spark writes what happened. */
  Path eventLogs() {
    return folder.resolve("events");
  }

  private Path home() {
    return folder.resolve("spark");
  }

  private JavaProcess start(String name, List<String> mainAndArguments) throws IOException {
    String libraries = Files.readString(Path.of(TARGET, "spark.classpath")).strip();
    Map<String, String> spark = new TreeMap<>(environment);
    spark.put("SPARK_HOME", home().toString());
    spark.put("SPARK_DIST_CLASSPATH", libraries);
    spark.put("SPARK_SCALA_VERSION", "2.13");
    spark.put("SPARK_LOCAL_IP", MASTER_HOST);
    spark.put("JAVA_HOME", System.getProperty("java.home"));
    return JavaProcess.start(libraries, spark, nextLog(name), mainAndArguments);
  }

  private synchronized Path nextLog(String name) {
    return folder.resolve(name + "-" + starts++ + ".log");
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
