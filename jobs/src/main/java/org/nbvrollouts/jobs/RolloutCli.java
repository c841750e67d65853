package org.nbvrollouts.jobs;

import org.nbvrollouts.jobs.command.CommandRunner;
import org.nbvrollouts.jobs.command.Console;

/** Entry point of the launcher and of {@code spark-submit}; the only place that ends the JVM. */
public final class RolloutCli {
  private RolloutCli() {}

  public static void main(String[] arguments) {
    System.exit(CommandRunner.run(Console.ofProcess(), arguments));
  }
}
