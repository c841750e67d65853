package org.nbvrollouts.jobs.command;

import java.util.List;
import java.util.OptionalLong;
import org.nbvrollouts.store.audit.AuditRows;
import org.nbvrollouts.store.audit.CandidateGroups;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "groups",
    description = "Candidates counted by what they have in common, with their mean gain.",
    footerHeading = "%nExample:%n",
    footer =
        "  nbv-rollouts audit groups --store campaign/stores/shard-000007 --group-by"
            + " policy,position")
final class AuditGroupsCommand extends AuditViewCommand {
  @Option(
      names = "--group-by",
      paramLabel = "COLUMN",
      split = ",",
      defaultValue = "position",
      description =
          "Columns of audit candidates with text or whole numbers, such as position, strategy,"
              + " mixture, invalid_reason or policy. Default: ${DEFAULT-VALUE}")
  List<String> groupBy;

  AuditGroupsCommand(Console console) {
    super(console, List.of());
  }

  @Override
  AuditRows rows(RolloutZarrStoreReader reader, OptionalLong most) {
    return CandidateGroups.candidateGroupSummaryRows(reader, groupBy).first(most);
  }
}
