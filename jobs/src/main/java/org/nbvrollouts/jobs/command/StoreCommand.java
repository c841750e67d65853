package org.nbvrollouts.jobs.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "store",
    description = "Change the layout of stores that exist; their data stays as it is.",
    subcommands = {StorePackCommand.class, StoreUnpackCommand.class},
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts store pack campaign/stores/shard-000007 --out packed/shard-000007")
final class StoreCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command (expected pack or unpack)");
  }
}
