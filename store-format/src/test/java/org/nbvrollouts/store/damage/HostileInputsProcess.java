package org.nbvrollouts.store.damage;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.store.source.rollout.HostileSampleFiles;
import org.nbvrollouts.store.zarr.HostileArrays;

/**
 * Reads every hostile input, in a process whose heap is small. Writes one line for each: name,
 * milliseconds of processor time, class and message of what was thrown, with tabs between.
 */
final class HostileInputsProcess {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private HostileInputsProcess() {}

  /** All inputs, made in a folder. */
  static List<HostileCase> cases(Path folder) throws IOException {
    List<HostileCase> cases = new ArrayList<>(HostileDocuments.cases(folder));
    cases.addAll(HostileArrays.cases(folder));
    cases.addAll(HostileSampleFiles.cases(folder));
    return cases;
  }

  /**
   * Runs all of them.
   *
   * @param arguments folder for the inputs, file for the lines
   */
  public static void main(String[] arguments) throws IOException {
    Path results = Path.of(arguments[1]);
    for (HostileCase input : cases(Path.of(arguments[0]))) {
      long start = THREADS.getCurrentThreadCpuTime();
      String outcome = outcome(input);
      long ms = (THREADS.getCurrentThreadCpuTime() - start) / 1_000_000;
      String line = "%s\t%d\t%s%n".formatted(input.name(), ms, outcome);
      Files.writeString(
          results,
          line,
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private static String outcome(HostileCase input) {
    try {
      input.reading().run();
      return "accepted\t";
    } catch (Exception | OutOfMemoryError | StackOverflowError thrown) {
      String message = String.valueOf(thrown.getMessage());
      return thrown.getClass().getSimpleName() + "\t" + message.replaceAll("\\s+", " ");
    }
  }
}
