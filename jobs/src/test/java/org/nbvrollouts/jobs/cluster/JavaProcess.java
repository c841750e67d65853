package org.nbvrollouts.jobs.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.launcher.JavaModuleOptions;

/** A JVM beside the test, with the flags Spark needs; everything it says goes to one file. */
public final class JavaProcess implements AutoCloseable {
  /** What suits a process of some seconds: no time is spent on the best code. */
  static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dnbv.kernel=scalar");

  private static final long POLL_MS = 20;

  private final Process process;
  private final Path log;

  private JavaProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a main class.
   *
   * @param environment added to that of the test
   * @param log gets both outputs
   */
  public static JavaProcess start(
      String classPath, Map<String, String> environment, Path log, List<String> mainAndArguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(QUICK_START);
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-cp", classPath));
    command.addAll(mainAndArguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    // A killed test leaves no process behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new JavaProcess(process, log);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  public String text() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How the process ended; fails if it has not ended in time. */
  public int exitCode(Duration most) throws InterruptedException {
    if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("Cannot wait any longer for the process\n" + text());
    }
    return process.exitValue();
  }

  /** Waits until something holds; fails if the process ends before, or time runs out. */
  public void await(String what, Duration most, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("Cannot wait for " + what + "\n" + text());
      }
      Thread.sleep(POLL_MS);
    }
  }

  /** Sends a signal by name, for example {@code STOP}. */
  public void signal(String name) throws IOException, InterruptedException {
    signal(handle(), name);
  }

  /** Sends a signal by name to any process. */
  static void signal(ProcessHandle target, String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(target.pid())).start();
    kill.waitFor();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }
}
