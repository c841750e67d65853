package org.nbvrollouts.jobs.command;

import java.util.List;
import java.util.OptionalLong;
import org.nbvrollouts.store.audit.AuditRows;
import org.nbvrollouts.store.audit.TargetAudit;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Command;

@Command(
    name = "targets",
    description = "One row per target: how it was chosen and matched, and what uses it.",
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts audit targets --store campaign/stores/shard-000007")
final class AuditTargetsCommand extends AuditViewCommand {
  private static final List<String> MAIN =
      List.of(
          "target_row_id",
          "target_id",
          "class",
          "selection_score",
          "target_valid",
          "target_invalid_reason",
          "gt_label_valid",
          "gt_match_status",
          "gt_match_iou",
          "effective_support",
          "num_rollouts",
          "num_q_train");

  AuditTargetsCommand(Console console) {
    super(console, MAIN);
  }

  @Override
  AuditRows rows(RolloutZarrStoreReader reader, OptionalLong most) {
    return TargetAudit.targetAuditRows(reader, most);
  }
}
