package org.nbvrollouts.jobs.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "source",
    description = "Make, import, describe and check sources.",
    subcommands = {
      SourceMakeCommand.class,
      SourceImportCommand.class,
      SourceImportVinCommand.class,
      SourceDescribeCommand.class,
      SourceCheckCommand.class
    },
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts source make --scenes 3 --seed 7 --out homes")
final class SourceCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command (expected make, import, import-vin, describe or check)");
  }
}
