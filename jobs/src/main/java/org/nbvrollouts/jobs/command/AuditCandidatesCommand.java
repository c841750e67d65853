package org.nbvrollouts.jobs.command;

import java.util.List;
import java.util.OptionalLong;
import org.nbvrollouts.store.audit.AuditRows;
import org.nbvrollouts.store.audit.CandidateAudit;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "candidates",
    description = "One row per candidate: masks, names of its ids, labels and diagnostics.",
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts audit candidates --store campaign/stores/shard-000007 --step 12")
final class AuditCandidatesCommand extends AuditViewCommand {
  private static final List<String> MAIN =
      List.of(
          "candidate_row_id",
          "rollout_row_id",
          "step_row_id",
          "shell_index",
          "position",
          "strategy",
          "actor_action",
          "q_train",
          "selected",
          "invalid_reason",
          "target_root_gain",
          "selection_probability",
          "mesh_distance_m",
          "target_distance_m");

  @Mixin AuditQueryOptions wanted;

  AuditCandidatesCommand(Console console) {
    super(console, MAIN);
  }

  @Override
  AuditRows rows(RolloutZarrStoreReader reader, OptionalLong most) {
    return CandidateAudit.candidateAuditRows(reader, wanted.query(most));
  }
}
