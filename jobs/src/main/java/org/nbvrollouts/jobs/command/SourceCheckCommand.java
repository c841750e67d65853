package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.rollout.RolloutSourceCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description = "Read every byte of a source and list everything that is wrong with it.",
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts source check homes")
final class SourceCheckCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "DIR", description = "The source")
  Path source;

  SourceCheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    RolloutSourceCheck.Result result =
        RolloutSourceCheck.check(Paths.existingFolder("source", source));
    if (!result.isSound()) {
      throw new RefusedInputException(String.join("\n", result.problems()));
    }
    console.print(source + " is sound: " + result.samples() + " rows");
    return ExitCode.OK;
  }
}
