package org.nbvrollouts.jobs.command;

import java.util.List;
import java.util.OptionalLong;
import org.nbvrollouts.store.audit.AuditRows;
import org.nbvrollouts.store.audit.DepthAudit;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "depth",
    description =
        "One row per step: whether the depth image of its chosen view is there, or why not, and"
            + " what it holds.",
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts audit depth --store campaign/stores/shard-000007 --rollout 3")
final class AuditDepthCommand extends AuditViewCommand {
  private static final List<String> MAIN =
      List.of(
          "rollout_row_id",
          "step_row_id",
          "step_index",
          "candidate_row_id",
          "available",
          "valid_fraction",
          "finite_fraction",
          "depth_min_m",
          "depth_mean_m",
          "depth_max_m",
          "image_height",
          "image_width",
          "warning");

  @Mixin AuditQueryOptions wanted;

  AuditDepthCommand(Console console) {
    super(console, MAIN);
  }

  /** Images are read row by row, so that none but the one in use is in memory. */
  @Override
  AuditRows rows(RolloutZarrStoreReader reader, OptionalLong most) {
    // Without a limit the view has one of its own.
    return DepthAudit.selectedDepthSummaryRows(
        reader, wanted.query(OptionalLong.of(most.orElse(Long.MAX_VALUE))));
  }
}
