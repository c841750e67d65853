package org.nbvrollouts.jobs.command;

import java.util.List;
import java.util.OptionalLong;
import org.nbvrollouts.store.audit.AuditRows;
import org.nbvrollouts.store.audit.StepAudit;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Command;

@Command(
    name = "tree",
    description =
        "Steps of one policy, index and kind of chosen view, counted and averaged. It shows the"
            + " chains that were chosen; a store knows no branches that were dropped.",
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts audit tree --store campaign/stores/shard-000007")
final class AuditTreeCommand extends AuditViewCommand {
  private static final List<String> MAIN =
      List.of(
          "policy",
          "step_label",
          "horizon",
          "branch_factor",
          "beam_width",
          "selected_position",
          "selected_strategy",
          "selected_mixture",
          "selected_steps",
          "mean_valid_fanout",
          "mean_invalid_fraction",
          "mean_selected_target_root_gain",
          "mean_selected_probability",
          "mean_selected_entropy");

  AuditTreeCommand(Console console) {
    super(console, MAIN);
  }

  @Override
  AuditRows rows(RolloutZarrStoreReader reader, OptionalLong most) {
    return StepAudit.rolloutTreeSummaryRows(reader, most);
  }
}
