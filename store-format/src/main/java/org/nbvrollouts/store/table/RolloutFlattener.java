package org.nbvrollouts.store.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.rollout.RolloutResult;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.RolloutTrajectory;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.Axis;
import org.nbvrollouts.store.schema.StoreSchema;

/**
 * Walks records, chains, steps and candidates once and numbers them (specification store 4.5).
 * Dictionary ids in the rows are provisional.
 */
final class RolloutFlattener {
  private final Map<String, TableRows> tables = new LinkedHashMap<>();
  private final Dictionaries dictionaries;
  private final SourceTable sources;
  private final CandidateTable candidates;
  private final StepArtifacts artifacts;
  private int widestShell;

  RolloutFlattener(Dictionaries dictionaries, RolloutZarrStoreConfig config) {
    this.dictionaries = dictionaries;
    for (String group : StoreSchema.current().groups()) {
      if (!List.of("metadata", "dictionaries", "q_h").contains(group)) {
        tables.put(group, new TableRows(columns(group), extent -> widthOf(extent, config)));
      }
    }
    this.sources = new SourceTable(tables.get("sources"), dictionaries);
    this.candidates =
        new CandidateTable(
            tables.get("candidates"), tables.get("candidate_diagnostics"), dictionaries);
    this.artifacts =
        new StepArtifacts(
            tables.get("selected_depth"), tables.get("target_eval_crops"), dictionaries, config);
  }

  private static List<ArraySpec> columns(String group) {
    return StoreSchema.current().arrays(group).stream()
        .filter(spec -> !StepArtifacts.isWide(spec))
        .toList();
  }

  private static int widthOf(Axis.Extent extent, RolloutZarrStoreConfig config) {
    return switch (extent) {
      case DEPTH_HEIGHT -> config.selectedDepth().heightPx();
      case DEPTH_WIDTH -> config.selectedDepth().widthPx();
      default -> throw new IllegalStateException("Cannot write table: axis " + extent);
    };
  }

  /** Called after every step, when its rows are complete. */
  interface StepListener {
    void stepEnds() throws InterruptedException;
  }

  /** Adds the rows of every chain of a record whose target is numbered. */
  void write(RolloutZarrRecord record, StepListener listener) throws InterruptedException {
    for (int chain = 0; chain < record.result().trajectories().size(); chain++) {
      writeChain(record, chain, listener);
    }
  }

  TableRows table(String group) {
    return tables.get(group);
  }

  StepArtifacts artifacts() {
    return artifacts;
  }

  /** Most candidates of a step so far. */
  int widestShell() {
    return widestShell;
  }

  private void writeChain(RolloutZarrRecord record, int chain, StepListener listener)
      throws InterruptedException {
    RolloutResult result = record.result();
    RolloutTrajectory trajectory = result.trajectories().get(chain);
    String rolloutId = Dictionaries.rolloutId(record, chain);
    if (!result.rootPoseWorld().isFinite()) {
      throw new InvalidContentException(
          "Cannot write rollout: root pose is not finite (rollout=" + rolloutId + ")");
    }
    long rolloutRowId = tables.get("rollouts").rows();
    sources.add(record.lineage(), rolloutId);
    CumulativeMetrics sums = new CumulativeMetrics();
    for (RolloutStepRecord step : trajectory.steps()) {
      sums.add(step);
      writeStep(step, record, rolloutRowId, sums, new RecordPlace(rolloutId, step.stepIndex()));
      listener.stepEnds();
    }
    writeRollout(record, chain, rolloutRowId, sums);
    writeLineage(record.lineage(), rolloutRowId);
  }

  private void writeStep(
      RolloutStepRecord step,
      RolloutZarrRecord record,
      long rolloutRowId,
      CumulativeMetrics sums,
      RecordPlace place) {
    checkSelection(step, place);
    widestShell = Math.max(widestShell, step.candidates().size());
    TableRows steps = tables.get("steps");
    long stepRowId = steps.rows();
    long firstCandidate = candidates.rows();
    long selectedCandidate = firstCandidate + step.selectedShellIndex();
    steps
        .set("step_row_id", stepRowId)
        .set("rollout_row_id", rolloutRowId)
        .set("step_index", step.stepIndex())
        .set("selected_candidate_row_id", selectedCandidate)
        .set("selected_shell_index", step.selectedShellIndex())
        .set("selected_compact_valid_index", step.selectedValidIndex())
        .set("num_candidates", step.candidates().size())
        .set("num_valid_candidates", step.candidates().validCount());
    sums.writeTo(steps, "");
    steps.endRow();
    candidates.write(
        step,
        new CandidateTable.StepKeys(
            stepRowId, rolloutRowId, record.result().rootPoseWorld(), record.lineage()),
        place);
    artifacts.writeDepth(step, stepRowId, selectedCandidate, place);
    artifacts.writeCrops(step, stepRowId, firstCandidate, place);
  }

  private static void checkSelection(RolloutStepRecord step, RecordPlace place) {
    int selected = step.selectedShellIndex();
    if (selected < 0 || selected >= step.candidates().size()) {
      throw place.reject(
          "selected shell index %d (expected below %d)"
              .formatted(selected, step.candidates().size()));
    }
    if (!step.candidates().valid().at(selected)) {
      throw place.reject("selected candidate is invalid", selected);
    }
    int rank = 0;
    for (int row = 0; row < selected; row++) {
      rank += step.candidates().valid().at(row) ? 1 : 0;
    }
    if (rank != step.selectedValidIndex()) {
      throw place.reject(
          "selected valid index %d (expected %d)".formatted(step.selectedValidIndex(), rank));
    }
  }

  private void writeRollout(
      RolloutZarrRecord record, int chain, long rolloutRowId, CumulativeMetrics sums) {
    RolloutResult result = record.result();
    RolloutLineage lineage = record.lineage();
    RolloutTrajectory trajectory = result.trajectories().get(chain);
    String reason = Dictionaries.terminationReason(trajectory, result.horizon());
    TableRows rollouts = tables.get("rollouts");
    rollouts
        .set("rollout_row_id", rolloutRowId)
        .set("rollout_id", rolloutRowId)
        .set("chain_id", chain)
        .set("source_row_id", lineage.sourceRowId())
        .setAll("root_pose_world", result.rootPoseWorld().toFloats())
        .set("root_time_ns", result.rootTimeNs().orElse(-1))
        .set("root_trajectory_index", result.rootTrajectoryIndex().orElse(-1))
        .set("root_frame_index", result.rootFrameIndex().orElse(-1))
        .set("scene_id", dictionaries.id("scene", Dictionaries.orEmpty(lineage.sceneId())))
        .set(
            "snippet_id",
            dictionaries.id("snippet", IdentifierCompaction.compactOrEmpty(lineage.snippetId())))
        .set("target_row_id", lineage.targetRowId())
        .set("policy_id", dictionaries.id("policy", result.selectionPolicy()))
        .set("horizon", result.horizon())
        .set("branch_factor", result.branchFactor())
        .set("beam_width", result.beamWidth().orElse(-1))
        .setOrMissing("temperature", firstTemperature(trajectory))
        .setOrMissing("random_seed", lineage.randomSeed())
        .set("termination_reason", dictionaries.id("termination_reason", reason))
        .set("split_id", dictionaries.id("split", Dictionaries.splitName(lineage)));
    Double fallback =
        trajectory.cumulativeRri().isPresent() ? trajectory.cumulativeRri().getAsDouble() : null;
    sums.writeFinal(rollouts, fallback);
    rollouts.endRow();
  }

  private static Double firstTemperature(RolloutTrajectory trajectory) {
    return trajectory.steps().stream()
        .filter(step -> step.selectionTemperature().isPresent())
        .map(step -> step.selectionTemperature().getAsDouble())
        .findFirst()
        .orElse(null);
  }

  private void writeLineage(RolloutLineage lineage, long rolloutRowId) {
    tables
        .get("lineage")
        .set("rollout_row_id", rolloutRowId)
        .set("candidate_config_id", config(lineage.candidateConfigHash()))
        .set("oracle_config_id", config(lineage.oracleConfigHash()))
        .set("rollout_config_id", config(lineage.rolloutConfigHash()))
        .set("model_checkpoint_id", config(lineage.modelCheckpointHash()))
        .set("mesh_version_id", config(lineage.meshVersion()))
        .set("branch_schedule_id", config(lineage.branchScheduleId()))
        .set("target_protocol_version_id", config(lineage.targetProtocolVersion()))
        .set("target_crop_policy_id", config(lineage.targetCropPolicy()))
        .set("reason_code_version_id", config(lineage.reasonCodeVersion()))
        .set("selection_rng_state_hash_id", config(lineage.selectionRngStateHash()))
        .endRow();
  }

  private int config(String text) {
    return dictionaries.id("config", text);
  }
}
