package org.nbvrollouts.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that find no whole build end in one message and exit 75. */
class TestLauncher {
  private static final Path LAUNCHER = Path.of("..", "nbv-rollouts");

  @TempDir Path temporary;
  private Path root;
  private Path build;

  private record Run(int exitCode, String err) {}

  @BeforeEach
  void copyTheLauncher() throws IOException {
    root = temporary.toRealPath();
    build = Files.createDirectories(root.resolve("jobs/target"));
    Files.copy(LAUNCHER, root.resolve("nbv-rollouts"));
  }

  @Test
  void aBuildThatIsNotThereIsTold() throws IOException, InterruptedException {
    assertThat(launch())
        .isEqualTo(
            new Run(
                75,
                "nbv-rollouts: Cannot start: there is no whole build (folder="
                    + build
                    + "). Unset NBV_SKIP_BUILD to build again\n"));
  }

  @Test
  void jarsThatAreMissingOrEmptyAreTold() throws IOException, InterruptedException {
    Path jar = Files.writeString(build.resolve("jobs-1.jar"), "jar");
    Path other = Files.writeString(root.resolve("other.jar"), "jar");
    Path library = root.resolve("a library.jar");
    Files.writeString(build.resolve("launcher.classpath"), other + ":" + library);
    assertThat(launch()).isEqualTo(unreadable(library));
    Files.createFile(library);
    assertThat(launch()).isEqualTo(unreadable(library));
    Files.write(jar, new byte[0]);
    assertThat(launch()).isEqualTo(unreadable(jar));
  }

  private static Run unreadable(Path file) {
    return new Run(
        75,
        "nbv-rollouts: Cannot start: a file of the class path is missing, empty or not readable"
            + " (file="
            + file
            + "). Unset NBV_SKIP_BUILD to build again\n");
  }

  /** A cut jar is passed over by the JVM, so that its first class is found missing. */
  @Test
  void aDamagedJarIsTold() throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("picocli"))
            .collect(Collectors.joining(File.pathSeparator));
    Path cut = Files.writeString(root.resolve("picocli.jar"), "PK cut");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Run run =
        run(
            new ProcessBuilder(
                java,
                "-cp",
                classPath + File.pathSeparator + cut,
                RolloutCli.class.getName(),
                "info"));
    assertThat(run.err())
        .isEqualTo(
            "Cannot go on: a class is not on the class path, its jar is missing or damaged"
                + " (class=picocli.CommandLine$IFactory). Build again, or fetch the jar again\n");
    assertThat(run.exitCode()).isEqualTo(75);
  }

  @Test
  void oneCollectorIsChosen() throws IOException, InterruptedException {
    Path home = javaThatPrints("$*");
    assertThat(launch(home, Map.of()).err()).contains("-XX:+UseParallelGC");
    for (String variable : new String[] {"NBV_JAVA_OPTS", "JAVA_TOOL_OPTIONS"}) {
      for (String options : new String[] {"-XX:+UseSerialGC", "-Xmx1g -XX:+UseZGC -Da=b"}) {
        assertThat(launch(home, Map.of(variable, options)).err())
            .doesNotContain("-XX:+UseParallelGC");
      }
      assertThat(launch(home, Map.of(variable, "-XX:+UseNUMA")).err())
          .contains("-XX:+UseParallelGC");
    }
  }

  /** Otherwise the JVM can name no file beyond ASCII. */
  @Test
  void theLocaleOfBareContainersIsLeft() throws IOException, InterruptedException {
    Path home = javaThatPrints("$LC_ALL");
    assertThat(launch(home, Map.of("LC_ALL", "C")).err()).isEqualTo("C.UTF-8\n");
    assertThat(launch(home, Map.of("LC_ALL", "POSIX")).err()).isEqualTo("C.UTF-8\n");
    assertThat(launch(home, Map.of("LC_ALL", "", "LANG", "")).err()).isEqualTo("C.UTF-8\n");
    assertThat(launch(home, Map.of("LC_ALL", "C.utf8")).err()).isEqualTo("C.utf8\n");
  }

  /** A JDK whose java prints something, and a build for it. */
  private Path javaThatPrints(String words) throws IOException {
    Files.writeString(build.resolve("jobs-1.jar"), "jar");
    Files.writeString(build.resolve("launcher.classpath"), build.resolve("jobs-1.jar").toString());
    Path home = Files.createDirectories(root.resolve("jdk"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"" + words + "\" >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }

  private Run launch(Path home, Map<String, String> more) throws IOException, InterruptedException {
    ProcessBuilder process = new ProcessBuilder("sh", root.resolve("nbv-rollouts").toString());
    process.environment().keySet().removeIf(name -> name.contains("JAVA_OPT"));
    process.environment().remove("JAVA_TOOL_OPTIONS");
    process.environment().put("NBV_SKIP_BUILD", "1");
    process.environment().put("JAVA_HOME", home.toString());
    process.environment().putAll(more);
    return run(process);
  }

  private Run launch() throws IOException, InterruptedException {
    ProcessBuilder process = new ProcessBuilder("sh", root.resolve("nbv-rollouts").toString());
    process.environment().put("NBV_SKIP_BUILD", "1");
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return run(process);
  }

  private static Run run(ProcessBuilder process) throws IOException, InterruptedException {
    Process started = process.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String err = new String(started.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(started.waitFor(), err);
  }
}
