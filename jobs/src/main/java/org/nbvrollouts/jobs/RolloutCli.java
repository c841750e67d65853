package org.nbvrollouts.jobs;

import org.nbvrollouts.jobs.command.CommandRunner;
import org.nbvrollouts.jobs.command.Console;
import org.nbvrollouts.store.error.ErrorCode;

/** Entry point of the launcher and of {@code spark-submit}; the only place that ends the JVM. */
public final class RolloutCli {
  private RolloutCli() {}

  public static void main(String[] arguments) {
    Console console = Console.ofProcess();
    int status;
    try {
      status = CommandRunner.run(console, arguments);
    } catch (NoClassDefFoundError missing) {
      if (!(missing.getCause() instanceof ClassNotFoundException)) {
        throw missing;
      }
      console.note(
          "Cannot go on: a class is not on the class path, its jar is missing or damaged (class="
              + missing.getMessage().replace('/', '.')
              + "). Build again, or fetch the jar again");
      status = ErrorCode.ENVIRONMENT.exitStatus();
    }
    if (isEnding()) {
      // A signal is ending the JVM, whose own status would be that of the signal. The command has
      // closed everything and knows better what a scheduler should do next.
      Runtime.getRuntime().halt(status);
    }
    System.exit(status);
  }

  private static boolean isEnding() {
    Thread probe = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException ending) {
      return true;
    }
  }
}
