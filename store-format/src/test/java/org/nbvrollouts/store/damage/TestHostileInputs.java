package org.nbvrollouts.store.damage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bombs and lies of every kind are refused with a message that says what is wrong, by a JVM of 256
 * MiB and within seconds of processor time each.
 */
class TestHostileInputs {
  private static final String HEAP = "-Xmx256m";
  private static final long MOST_MS = 20_000;
  private static final long MOST_MINUTES = 20;

  @TempDir static Path folder;

  private static final Map<String, Outcome> OUTCOMES = new HashMap<>();
  private static List<HostileCase> cases;

  private record Outcome(long ms, String thrown, String message) {}

  @BeforeAll
  static void readThemWithLittleMemory() throws Exception {
    cases = HostileInputsProcess.cases(Files.createDirectory(folder.resolve("here")));
    Path inputs = Files.createDirectory(folder.resolve("there"));
    Path results = folder.resolve("results");
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                HostileInputsProcess.class.getName(),
                inputs.toString(),
                results.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as("%s", Files.readString(log)).isZero();
    readOutcomes(results);
  }

  private static void readOutcomes(Path results) throws IOException {
    for (String line : Files.readAllLines(results)) {
      String[] parts = line.split("\t", 4);
      OUTCOMES.put(parts[0], new Outcome(Long.parseLong(parts[1]), parts[2], parts[3]));
    }
  }

  @TestFactory
  Stream<DynamicTest> refusedInBoundedMemoryAndTime() {
    return cases.stream()
        .map(input -> DynamicTest.dynamicTest(input.name(), () -> assertRefused(input)));
  }

  private static void assertRefused(HostileCase input) {
    Outcome outcome = OUTCOMES.get(input.name());
    assertThat(outcome.thrown() + ": " + outcome.message())
        .startsWith(outcome.thrown())
        .contains(input.message());
    assertThat(outcome.thrown()).isIn("InvalidContentException", "RefusedInputException");
    assertThat(outcome.ms()).as("milliseconds of processor time").isLessThan(MOST_MS);
  }
}
