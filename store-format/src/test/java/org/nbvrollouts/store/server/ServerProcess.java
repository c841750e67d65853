package org.nbvrollouts.store.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Java server in a process of its own, on the loopback address. */
final class ServerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final long LOOK_AGAIN_MS = 50;
  private static final long STOP_LIMIT_MS = 10_000;
  private static final String HEAP = "-Xmx384m";

  private final String name;
  private final List<String> command;
  private final Path log;
  private Process process;

  /**
   * @param name of the folder below {@code docker/local-servers} that holds its class path
   * @param arguments options of the JVM, main class and arguments
   * @param log where its output goes
   */
  ServerProcess(String name, List<String> extraClassPath, List<String> arguments, Path log) {
    this.name = name;
    this.log = log;
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add(HEAP);
    words.add("-XX:+UseSerialGC");
    words.add("-XX:TieredStopAtLevel=1");
    words.add("-cp");
    List<String> classPath = new ArrayList<>(extraClassPath);
    classPath.add(classPathOf(name));
    words.add(String.join(System.getProperty("path.separator"), classPath));
    words.addAll(arguments);
    this.command = List.copyOf(words);
  }

  private static String classPathOf(String name) {
    Path file = serversFolder().resolve(name).resolve("target/server.classpath");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalStateException(
          "Cannot start server: its class path was not built (server="
              + name
              + ", file="
              + file
              + "); run mvn -q -pl docker/local-servers/"
              + name
              + " generate-resources",
          e);
    }
  }

  /** The folder of the build files of servers, above or beside the working directory. */
  private static Path serversFolder() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("docker/local-servers"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException(
          "Cannot start server: no docker/local-servers above the working directory (folder="
              + Path.of("").toAbsolutePath()
              + ")");
    }
    return folder.resolve("docker/local-servers");
  }

  /** A port of the loopback address that nobody listened on a moment ago. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the process and waits until it listens on a port. */
  void start(int port) {
    launch();
    await("listens on port " + port, () -> isListening(port));
  }

  void launch() {
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start server: " + name, e);
    }
    // A killed test leaves no server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Runs the process to its end. */
  void run() {
    launch();
    try {
      if (process.waitFor() != 0) {
        throw failure("it ended with status " + process.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted");
    }
  }

  /** Something that becomes true after a while. */
  interface Condition {
    boolean holds();
  }

  void await(String what, Condition condition) {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!condition.holds()) {
      if (!process.isAlive()) {
        throw failure("it ended with status " + process.exitValue());
      }
      if (System.nanoTime() > end) {
        throw failure("not so within " + START_LIMIT.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MS));
    }
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private IllegalStateException failure(String reason) {
    return new IllegalStateException(
        "Cannot start server: %s (server=%s, log=%s)".formatted(reason, name, log));
  }

  /** Asks the process to end and waits for it. */
  void stop() {
    end(false);
  }

  /** Ends the process at once, as a power loss would. */
  void kill() {
    end(true);
  }

  private void end(boolean atOnce) {
    if (process == null) {
      return;
    }
    if (atOnce) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
    try {
      if (!process.waitFor(STOP_LIMIT_MS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
