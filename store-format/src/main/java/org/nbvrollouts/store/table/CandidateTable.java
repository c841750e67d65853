package org.nbvrollouts.store.table;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.SelectionDistribution;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.schema.TargetInvalidReason;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.Pose12;

/** Rows of {@code candidates} and {@code candidate_diagnostics} (specification store 4.7). */
final class CandidateTable {
  private static final Map<String, List<String>> METRICS = new LinkedHashMap<>();
  private static final Map<String, String> DIAGNOSTICS = new LinkedHashMap<>();

  static {
    METRICS.put("scene_rri", List.of("scene_rri", "oracle_scene_rri"));
    METRICS.put("target_rri", List.of("target_rri", "oracle_target_rri"));
    METRICS.put("target_root_gain", List.of("target_root_gain", "root_gain"));
    METRICS.put("target_log_error_gain", List.of("target_log_error_gain", "log_error_gain"));
    for (String same :
        List.of(
            "scene_root_gain",
            "scene_log_error_gain",
            "scene_pm_dist_before",
            "scene_pm_dist_after",
            "target_pm_dist_before",
            "target_pm_dist_after",
            "target_current_support",
            "target_candidate_support")) {
      METRICS.put(same, List.of(same));
    }
    DIAGNOSTICS.put("mesh_distance_m", "min_distance_to_mesh");
    DIAGNOSTICS.put("path_min_clearance_m", "path_min_clearance_m");
    DIAGNOSTICS.put("free_space_margin_m", "free_space_margin_m");
    DIAGNOSTICS.put("motion_step_length_m", "motion_step_length_m");
    DIAGNOSTICS.put("motion_height_delta_m", "motion_height_delta_m");
    DIAGNOSTICS.put("motion_backward_step_m", "motion_backward_step_m");
    DIAGNOSTICS.put("motion_yaw_delta_deg", "motion_yaw_delta_rad");
    DIAGNOSTICS.put("target_distance_m", "target_distance_m");
    DIAGNOSTICS.put("target_bearing_yaw_deg", "target_bearing_yaw_rad");
  }

  private final TableRows candidates;
  private final TableRows diagnostics;
  private final Dictionaries dictionaries;

  CandidateTable(TableRows candidates, TableRows diagnostics, Dictionaries dictionaries) {
    this.candidates = candidates;
    this.diagnostics = diagnostics;
    this.dictionaries = dictionaries;
  }

  /** What the rows of one step share. */
  record StepKeys(long stepRowId, long rolloutRowId, Pose12 rootPose, RolloutLineage lineage) {}

  int rows() {
    return candidates.rows();
  }

  /** Writes the whole shell of one step in sampling order. */
  void write(RolloutStepRecord step, StepKeys keys, RecordPlace place) {
    CandidateShell shell = step.candidates();
    ShellVectors vectors = new ShellVectors(shell, place);
    ReasonBits reasons = new ReasonBits(shell);
    Map<String, double[]> metrics = new LinkedHashMap<>();
    METRICS.forEach(
        (column, names) -> metrics.put(column, vectors.metric(step.metricVectors(), names)));
    Map<String, double[]> selection = selection(step.selection(), vectors);
    requireFull(shell, vectors);
    for (int row = 0; row < shell.size(); row++) {
      long id = candidates.rows();
      candidates
          .set("candidate_row_id", id)
          .set("step_row_id", keys.stepRowId())
          .set("rollout_row_id", keys.rolloutRowId())
          .set("step_index", step.stepIndex())
          .set("shell_index", row)
          .set("compact_valid_index", vectors.validRank(row))
          .setTruth("selected_mask", row == step.selectedShellIndex())
          .set("score_source_id", dictionaries.id("score_source", step.selectionScoreLabel()));
      writePoses(shell.worldFromCamera().get(row), keys.rootPose());
      writeMasks(row, vectors.validRank(row) >= 0, metrics, keys.lineage(), place);
      writeProvenance(shell, row);
      writeReasons(reasons, row, vectors.validRank(row) >= 0, place);
      for (Map.Entry<String, double[]> metric : metrics.entrySet()) {
        candidates.setReal(metric.getKey(), metric.getValue()[row]);
      }
      for (Map.Entry<String, double[]> values : selection.entrySet()) {
        candidates.setReal(values.getKey(), values.getValue()[row]);
      }
      candidates.endRow();
      writeDiagnostics(shell, row, id);
    }
  }

  private static void requireFull(CandidateShell shell, ShellVectors vectors) {
    shell.strategyId().ifPresent(ids -> vectors.requireFull("strategyId", ids.length()));
    shell.positionId().ifPresent(ids -> vectors.requireFull("positionId", ids.length()));
    shell.mixtureId().ifPresent(ids -> vectors.requireFull("mixtureId", ids.length()));
    shell
        .samplerProbability()
        .ifPresent(values -> vectors.requireFull("samplerProbability", values.length()));
    shell.extras().forEach((name, values) -> vectors.requireFull(name, values.length()));
  }

  private static Map<String, double[]> selection(
      Optional<SelectionDistribution> distribution, ShellVectors vectors) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    DoubleColumn none = DoubleColumn.of(new double[vectors.validCount()]);
    columns.put(
        "selection_logits",
        vectors.spread(
            "selectionLogits",
            distribution.map(SelectionDistribution::logits).orElse(constant(none, Double.NaN)),
            Double.NaN));
    columns.put(
        "selection_probabilities",
        vectors.spread(
            "selectionProbabilities",
            distribution.map(SelectionDistribution::probabilities).orElse(none),
            0));
    columns.put(
        "selection_log_probabilities",
        vectors.spread(
            "selectionLogProbabilities",
            distribution
                .map(SelectionDistribution::logProbabilities)
                .orElse(constant(none, Double.NEGATIVE_INFINITY)),
            Double.NEGATIVE_INFINITY));
    return columns;
  }

  private static DoubleColumn constant(DoubleColumn like, double value) {
    double[] values = new double[like.length()];
    Arrays.fill(values, value);
    return DoubleColumn.of(values);
  }

  private void writePoses(Pose12 worldFromCamera, Pose12 worldFromRoot) {
    float[] pose = worldFromCamera.toFloats();
    candidates.setAll("pose_world_cam", pose);
    candidates.setAll("pose_relative_root", FloatPose.relative(worldFromRoot.toFloats(), pose));
  }

  private void writeMasks(
      int row,
      boolean valid,
      Map<String, double[]> metrics,
      RolloutLineage lineage,
      RecordPlace place) {
    boolean labelled = valid && Float.isFinite((float) metrics.get("target_root_gain")[row]);
    boolean trainable = labelled && isTargetUsable(lineage);
    if (trainable && !Float.isFinite((float) metrics.get("target_rri")[row])) {
      throw place.reject("trainable without a finite target_rri", row);
    }
    candidates
        .setTruth("actor_action_mask", valid)
        .setTruth("oracle_label_mask", labelled)
        .setTruth("q_train_mask", trainable);
  }

  private static boolean isTargetUsable(RolloutLineage lineage) {
    Integer bitset = lineage.targetInvalidReasonBitset();
    return (bitset == null || bitset == TargetInvalidReason.VALID.mask())
        && StoreSchema.LABEL_MATCH_STATUSES.contains(Dictionaries.matchStatus(lineage))
        && lineage.matchedGtTargetRowId() != null
        && lineage.matchedGtTargetRowId() >= 0;
  }

  private void writeProvenance(CandidateShell shell, int row) {
    candidates
        .setOrMissing("strategy_id", at(shell.strategyId(), row))
        .setOrMissing("position_id", at(shell.positionId(), row))
        .setOrMissing("mixture_id", at(shell.mixtureId(), row))
        .setOrMissing(
            "sampler_probability", shell.samplerProbability().map(p -> p.at(row)).orElse(null));
  }

  private static Integer at(Optional<IntColumn> column, int row) {
    return column.map(values -> values.at(row)).orElse(null);
  }

  private void writeReasons(ReasonBits reasons, int row, boolean valid, RecordPlace place) {
    if (valid && reasons.bitset(row) != InvalidReason.VALID.mask()) {
      throw place.reject(
          "valid with failure bits, bitset " + reasons.bitset(row) + " (expected 1)", row);
    }
    candidates
        .set("invalid_reason_bitset", Integer.toUnsignedLong(reasons.bitset(row)))
        .set("primary_invalid_reason", reasons.primary(row));
  }

  private void writeDiagnostics(CandidateShell shell, int row, long id) {
    diagnostics
        .set("candidate_row_id", id)
        .setOrMissing("position_id", at(shell.positionId(), row));
    DoubleColumn collisions = shell.extras().get("path_collision_mask");
    diagnostics.setTruth("path_collision_mask", collisions != null && collisions.at(row) != 0);
    DIAGNOSTICS.forEach(
        (column, extra) -> {
          DoubleColumn values = shell.extras().get(extra);
          if (values == null) {
            diagnostics.setOrMissing(column, null);
          } else {
            boolean radians = extra.endsWith("_rad");
            diagnostics.setReal(column, radians ? Math.toDegrees(values.at(row)) : values.at(row));
          }
        });
    diagnostics.endRow();
  }
}
