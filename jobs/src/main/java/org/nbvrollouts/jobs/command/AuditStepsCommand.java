package org.nbvrollouts.jobs.command;

import java.util.List;
import java.util.OptionalLong;
import org.nbvrollouts.store.audit.AuditQuery;
import org.nbvrollouts.store.audit.AuditRows;
import org.nbvrollouts.store.audit.StepAudit;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "steps",
    description =
        "One row per step along its chain: what it gained, what it chose, and how sure it was."
            + " cumulative_target_rri is diagnostic; training uses target_root_gain.",
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts audit steps --store campaign/stores/shard-000007 --rollout 3")
final class AuditStepsCommand extends AuditViewCommand {
  private static final List<String> MAIN =
      List.of(
          "rollout_row_id",
          "step_row_id",
          "step_index",
          "policy",
          "num_candidates",
          "num_valid_candidates",
          "cumulative_target_root_gain",
          "marginal_target_root_gain",
          "regret",
          "selected_candidate_row_id",
          "selected_position",
          "selected_strategy",
          "selected_probability",
          "selected_entropy");

  @Option(names = "--rollout", paramLabel = "ROW", description = "Only of this rollout row")
  Long rollout;

  AuditStepsCommand(Console console) {
    super(console, MAIN);
  }

  @Override
  AuditRows rows(RolloutZarrStoreReader reader, OptionalLong most) {
    return StepAudit.rolloutStepObjectiveRows(
        reader, new AuditQuery(AuditQueryOptions.optional(rollout), OptionalLong.empty(), most));
  }
}
