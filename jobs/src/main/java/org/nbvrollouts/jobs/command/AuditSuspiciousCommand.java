package org.nbvrollouts.jobs.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.nbvrollouts.store.audit.AuditRows;
import org.nbvrollouts.store.audit.RolloutSuspiciousQueryConfig;
import org.nbvrollouts.store.audit.Severity;
import org.nbvrollouts.store.audit.SuspiciousRollouts;
import org.nbvrollouts.store.audit.SuspiciousRows;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "suspicious",
    description = "Rows that are legal and deserve a look. A gate with --fail-on.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nbv-rollouts audit suspicious --store campaign/stores/shard-000007 --fail-on error",
      "  nbv-rollouts audit suspicious --store campaign/stores/shard-000007 --threshold"
          + " max_yaw_delta_deg=120"
    })
final class AuditSuspiciousCommand extends AuditViewCommand {
  private static final List<String> MAIN =
      List.of(
          "kind",
          "severity",
          "rollout_row_id",
          "step_row_id",
          "candidate_row_id",
          "target_row_id",
          "message");

  @Option(
      names = "--threshold",
      paramLabel = "NAME=VALUE",
      description =
          "Another threshold: min_valid_candidates (3), dominant_invalid_fraction (0.8),"
              + " high_target_score (0.5), max_step_distance_m (1.25), max_height_delta_m (0.6),"
              + " max_backward_step_m (0.35), max_yaw_delta_deg (85) or min_invalid_rows (1, the"
              + " invalid candidates that a dominant reason needs)")
  Map<String, Double> thresholds = new LinkedHashMap<>();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description = "warning or error: exit with 6 if there is a row that is at least so severe")
  Severity failOn;

  private long severe;

  AuditSuspiciousCommand(Console console) {
    super(console, MAIN);
  }

  @Override
  AuditRows rows(RolloutZarrStoreReader reader, OptionalLong most) {
    SuspiciousRows found =
        SuspiciousRollouts.suspiciousRolloutRows(
            reader, RolloutSuspiciousQueryConfig.DEFAULT.with(thresholds), most);
    severe = failOn == null ? 0 : found.atLeast(failOn);
    return found.rows();
  }

  @Override
  int exitCode() {
    return severe > 0 ? ExitCode.GATE : ExitCode.OK;
  }
}
