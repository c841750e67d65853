package org.nbvrollouts.jobs.command;

import java.util.List;
import java.util.OptionalLong;
import org.nbvrollouts.store.audit.AuditRows;
import org.nbvrollouts.store.audit.CandidateAudit;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Command;

@Command(
    name = "waterfall",
    description =
        "How many candidates an actor may choose, have a label, are trainable, were chosen. No"
            + " stage is a part of the one before.",
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts audit waterfall --store campaign/stores/shard-000007")
final class AuditWaterfallCommand extends AuditViewCommand {
  AuditWaterfallCommand(Console console) {
    super(console, List.of());
  }

  @Override
  AuditRows rows(RolloutZarrStoreReader reader, OptionalLong most) {
    return CandidateAudit.validityWaterfallRows(reader).first(most);
  }
}
