package org.nbvrollouts.jobs.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "audit",
    description = "Look into stores without changing them.",
    subcommands = {
      AuditReplayCommand.class,
      AuditCandidatesCommand.class,
      AuditGroupsCommand.class,
      AuditWaterfallCommand.class,
      AuditTargetsCommand.class,
      AuditStepsCommand.class,
      AuditTreeCommand.class,
      AuditDepthCommand.class,
      AuditDepthPreviewCommand.class,
      AuditInventoryCommand.class,
      AuditSuspiciousCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  nbv-rollouts audit replay --store campaign/stores --random 20 --seed 1",
      "  nbv-rollouts audit groups --store campaign/stores/shard-000007 --group-by policy,position"
    })
final class AuditCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command (expected one of " + String.join(", ", spec.subcommands().keySet()) + ")");
  }
}
