package org.nbvrollouts.jobs.command;

import java.util.List;
import java.util.OptionalLong;
import org.nbvrollouts.store.audit.AuditQuery;
import org.nbvrollouts.store.audit.AuditRows;
import org.nbvrollouts.store.audit.DepthAudit;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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

  @Option(names = "--rollout", paramLabel = "ROW", description = "Only of this rollout row")
  Long rollout;

  @Option(names = "--step", paramLabel = "ROW", description = "Only of this step row")
  Long step;

  AuditDepthCommand(Console console) {
    super(console);
  }

  /** Images are read row by row, so that none but the one in use is in memory. */
  @Override
  AuditRows rows(RolloutZarrStoreReader reader, OptionalLong most) {
    AuditQuery query = AuditQuery.ALL.limitedTo(most.orElse(Long.MAX_VALUE));
    query = rollout == null ? query : query.ofRollout(rollout);
    query = step == null ? query : query.ofStep(step);
    return DepthAudit.selectedDepthSummaryRows(reader, query);
  }

  @Override
  List<String> tableColumns(List<String> columns) {
    return MAIN;
  }
}
