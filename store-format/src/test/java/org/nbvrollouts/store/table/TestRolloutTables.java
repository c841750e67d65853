package org.nbvrollouts.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.rollout.RolloutLineageBuilder;
import org.nbvrollouts.store.rollout.RolloutResult;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.RolloutTrajectory;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.rollout.SelectedDepth;
import org.nbvrollouts.store.rollout.SelectedDepthStorage;
import org.nbvrollouts.store.rollout.SelectionDistribution;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.MaskColumn;
import org.nbvrollouts.store.source.Pose12;

class TestRolloutTables {
  private static final String PREFIX = "p";

  private static RolloutResult result(int horizon, List<RolloutStepRecord> steps) {
    return new RolloutResult(
        Pose12.IDENTITY,
        List.of(new RolloutTrajectory(steps, false, OptionalDouble.empty())),
        horizon,
        1,
        OptionalInt.empty(),
        "oracle_greedy",
        OptionalLong.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static RolloutTables tables(RolloutZarrRecord... records) {
    RolloutZarrStoreConfig config =
        WorkedExample.config().withSelectedDepth(SelectedDepthStorage.ofSize(2, 1));
    return RolloutTables.of(List.of(records), config, WorkedExample.context());
  }

  private static RolloutTables tables(StepDraft step) {
    return tables(
        new RolloutZarrRecord(result(1, List.of(step.build())), WorkedExample.lineage(), PREFIX));
  }

  private static RolloutZarrRecord record(
      String prefix, UnaryOperator<RolloutLineageBuilder> change) {
    return new RolloutZarrRecord(
        result(1, List.of(new StepDraft().build())),
        change.apply(new RolloutLineageBuilder(WorkedExample.lineage())).build(),
        prefix);
  }

  private static void rejects(Runnable writing, String message) {
    assertThatThrownBy(writing::run)
        .isInstanceOf(InvalidContentException.class)
        .hasMessage(message);
  }

  @Test
  void selectionMustNameAValidCandidate() {
    StepDraft outside = new StepDraft();
    outside.selectedShellIndex = 2;
    rejects(
        () -> tables(outside),
        "Cannot write step: selected shell index 2 (expected below 2) (rollout=p-000000, step=0)");
    StepDraft invalid = new StepDraft();
    invalid.selectedShellIndex = 1;
    rejects(
        () -> tables(invalid),
        "Cannot write candidate: selected candidate is invalid (rollout=p-000000, step=0,"
            + " shell_index=1)");
    StepDraft rank = new StepDraft();
    rank.selectedValidIndex = 1;
    rejects(
        () -> tables(rank),
        "Cannot write step: selected valid index 1 (expected 0) (rollout=p-000000, step=0)");
  }

  @Test
  void trainableCandidateNeedsAFiniteRri() {
    StepDraft step = new StepDraft();
    step.metrics = Map.of("root_gain", DoubleColumn.of(0.5));
    rejects(
        () -> tables(step),
        "Cannot write candidate: trainable without a finite target_rri (rollout=p-000000, step=0,"
            + " shell_index=0)");
  }

  @Test
  void validCandidateWithAFailureReasonIsRejected() {
    StepDraft pose = new StepDraft();
    pose.poses = List.of(new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, Double.NaN, 0, 0), Pose12.IDENTITY);
    rejects(
        () -> tables(pose),
        "Cannot write candidate: valid with failure bits, bitset 3 (expected 1) (rollout=p-000000,"
            + " step=0, shell_index=0)");
  }

  @Test
  void vectorsOfAnotherLengthAreRejected() {
    StepDraft probability = new StepDraft();
    probability.probability = DoubleColumn.of(1);
    rejects(
        () -> tables(probability),
        "Cannot write step: samplerProbability has 1 values (expected 2) (rollout=p-000000,"
            + " step=0)");
    StepDraft metric = new StepDraft();
    metric.metrics = Map.of("scene_rri", DoubleColumn.of(1, 2, 3));
    rejects(
        () -> tables(metric),
        "Cannot write step: scene_rri has 3 values (expected 2 or 1) (rollout=p-000000, step=0)");
  }

  @Test
  void numbersThatTheirColumnCannotHoldAreRejected() {
    StepDraft step = new StepDraft();
    step.stepIndex = 40_000;
    rejects(
        () -> tables(step),
        "Cannot write rollout: Invalid int16: 40000 (expected -32768 to 32767)"
            + " (column=steps/step_index, row=0)");
  }

  @Test
  void depthImagesOfAnotherSizeAreRejected() {
    StepDraft step = new StepDraft();
    step.depth = new SelectedDepth(1, 1, new float[] {1}, new boolean[] {true}, 1, 1, 1, 1);
    rejects(
        () -> tables(step),
        "Cannot write step: depth image of 1 × 1 pixels (expected 2 × 1) (rollout=p-000000,"
            + " step=0)");
  }

  @Test
  void duplicateRolloutIdsAreRejected() {
    rejects(
        () -> tables(record("a", b -> b), record("a", b -> b)),
        "Cannot write rollouts: two have the same id (rollout=a-000000)");
  }

  @Test
  void contradictingSourceAndTargetFactsAreRejected() {
    rejects(
        () -> tables(record("a", b -> b), record("b", b -> b.targetConfidence(0.9))),
        "Cannot write target: two rollouts disagree on target_confidence"
            + " (target=ASE_81022_Atek_000017:det:5, first=0.8, second=0.9, rollout=b)");
    assertThatThrownBy(() -> tables(record("a", b -> b), record("b", b -> b.sceneId("other"))))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith(
            "Cannot write rollout: conflicting source lineage (rollout=b-000000, source_row_id=17");
  }

  @Test
  void lineageMustNameSourceRowAndTargetValidity() {
    rejects(
        () -> tables(record("a", b -> b.sourceRowId(null))),
        "Cannot write rollout: source_row_id is not set (rollout=a)");
    rejects(
        () -> tables(record("a", b -> b.targetInvalidReasonBitset(null))),
        "Cannot write rollout: target_invalid_reason_bitset is not set (expected with observed"
            + " targets) (rollout=a)");
    rejects(
        () -> tables(record("a", b -> b.targetInvalidReasonBitset(1 << 12))),
        "Cannot write target: unknown reason bits (target=ASE_81022_Atek_000017:det:5,"
            + " bitset=4096, expected at most 4095)");
  }

  @Test
  void unsetTargetFactsAreFilledFromLaterRollouts() {
    RolloutTables tables = tables(record("a", b -> b.targetConfidence(null)), record("b", b -> b));

    assertThat(tables.array("targets/target_confidence").floats()).containsExactly(0.8f);
    assertThat(tables.counts().targets()).isEqualTo(1);
  }

  @Test
  void unsetFieldsGetTheirSentinels() {
    RolloutTables tables =
        tables(
            record(
                "a",
                b ->
                    b.targetClassName(null)
                        .targetSource(null)
                        .gtMatchStatus(null)
                        .randomSeed(null)
                        .targetCenterWorld(null)
                        .snippetId(null)));

    assertThat(tables.array("targets/target_class_name_id").longs()).containsExactly(-1);
    assertThat(tables.array("targets/target_center_world").floats()).containsOnly(Float.NaN);
    assertThat(tables.array("rollouts/random_seed").longs()).containsExactly(-1);
    assertThat(tables.array("rollouts/root_time_ns").longs()).containsExactly(-1);
    assertThat(tables.array("targets/gt_label_valid_mask").bools()).containsExactly(false);
    assertThat(tables.array("candidates/q_train_mask").bools()).containsExactly(false, false);
    assertThat(tables.array("dictionaries/target_match_status").strings("d"))
        .containsExactly("not_requested");
    assertThat(tables.array("dictionaries/snippet").strings("d")).containsExactly("");
  }

  @Test
  void targetIdIsUsedWhereNoSourceIndexIsSet() {
    RolloutTables tables = tables(record("a", b -> b.targetSourceIndex(null)));

    assertThat(tables.array("targets/target_source_index").longs()).containsExactly(3);
    assertThat(tables.array("targets/target_row_id").longs()).containsExactly(0);
  }

  @Test
  void selectionOfInvalidRowsIsForcedToItsDefaults() {
    StepDraft step = new StepDraft();
    step.selection =
        new SelectionDistribution(
            DoubleColumn.of(1, 5), DoubleColumn.of(1, 5), DoubleColumn.of(0, 5));
    RolloutTables arrays = tables(step);

    assertThat(arrays.array("candidates/selection_logits").floats()).containsExactly(1, Float.NaN);
    assertThat(arrays.array("candidates/selection_probabilities").floats()).containsExactly(1, 0);
    assertThat(arrays.array("candidates/selection_log_probabilities").floats())
        .containsExactly(0, Float.NEGATIVE_INFINITY);
  }

  @Test
  void depthPixelsThatAreNoMeasurementAreMasked() {
    StepDraft step = new StepDraft();
    step.depth =
        new SelectedDepth(
            2, 1, new float[] {Float.NaN, 1e-9f}, new boolean[] {true, true}, 1, 1, 1, 1);
    RolloutTables arrays = tables(step);

    assertThat(arrays.array("selected_depth/depth_m").floats()).containsExactly(0, 0);
    assertThat(arrays.array("selected_depth/valid_mask").bools()).containsExactly(false, false);
  }

  @Test
  void theFirstFailingRuleAndTheCollisionGiveTheReasons() {
    StepDraft step = new StepDraft();
    Map<String, MaskColumn> rules = new LinkedHashMap<>();
    rules.put("FreeSpaceRule", MaskColumn.of(true, true));
    rules.put("MinDistanceToMeshRule", MaskColumn.of(true, false));
    rules.put("PathCollisionRule", MaskColumn.of(true, false));
    step.rules = rules;
    step.extras = Map.of("path_collision_mask", DoubleColumn.of(0, 1));
    RolloutTables arrays = tables(step);

    assertThat(arrays.array("candidates/invalid_reason_bitset").longs()).containsExactly(1, 96);
    assertThat(arrays.array("candidates/primary_invalid_reason").longs()).containsExactly(0, 6);
    assertThat(tables(new StepDraft()).array("candidates/invalid_reason_bitset").longs())
        .containsExactly(1, 1 << 12);
  }

  @Test
  void anEmptyStoreHasFullRankAndNoRows() {
    RolloutTables tables = tables();

    assertThat(tables.arrays()).hasSize(193);
    assertThat(tables.array("candidates/pose_world_cam").shape()).containsExactly(0, 12);
    assertThat(tables.array("q_h/candidate_row_id").shape()).containsExactly(0, 0);
    assertThat(tables.array("target_eval_crops/points_world").shape())
        .containsExactly(0, 50_000, 3);
    assertThat(tables.description().rootAttributes())
        .hasSize(54)
        .containsEntry("source_split", "mixed")
        .containsEntry("num_targets", 0)
        .containsEntry("q_h_horizon", 1);
  }

  @Test
  void cropsMayTakeMoreThanMemoryHolds() {
    int width = RolloutZarrStoreConfig.MOST_EVAL_CROP_POINTS;
    ArrayRows points =
        RolloutTables.of(
                WorkedExample.recordsWithEvalCrops(),
                WorkedExample.config().withTargetEvalCrops(width),
                WorkedExample.context())
            .arrays()
            .get("target_eval_crops/points_world");

    assertThat(points.shape()).containsExactly(6, width, 3);
    assertThatThrownBy(() -> WorkedExample.config().withTargetEvalCrops(width + 1))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid target_eval_crop_max_points: 89478486 (expected at most 89478485, which is 1"
                + " GiB per crop)");
  }

  @Test
  void chainsWithoutStepsAreKept() {
    RolloutZarrRecord record =
        new RolloutZarrRecord(result(2, new ArrayList<>()), WorkedExample.lineage(), PREFIX);
    RolloutTables tables = tables(record);

    assertThat(tables.counts().rollouts()).isEqualTo(1);
    assertThat(tables.counts().steps()).isZero();
    assertThat(tables.array("dictionaries/termination_reason").strings("d"))
        .containsExactly("incomplete_rollout");
    assertThat(tables.array("rollouts/final_cumulative_target_rri").floats())
        .containsExactly(Float.NaN);
  }

  @Test
  void identifiersAreCompactedAndExpanded() {
    String raw = "AriaSyntheticEnvironment_81022_AtekDataSample_000017";

    assertThat(IdentifierCompaction.compact("a/" + raw + ":x"))
        .isEqualTo("a/ASE_81022_Atek_000017:x");
    assertThat(IdentifierCompaction.expand("ASE_81022_Atek_000017")).contains(raw);
    assertThat(IdentifierCompaction.expand("ASE_81022_Atek_000017:x")).isEmpty();
  }

  @Test
  void optionsOutsideTheirRangeAreRefused() {
    assertThatThrownBy(() -> WorkedExample.config().withQhChunkStates(0))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid q_h_chunk_states: 0 (expected at least 1)");
    assertThatThrownBy(() -> WorkedExample.config().withDiscountGamma(Double.NaN))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid discount_gamma: NaN (expected at least 0 and finite)");
    assertThatThrownBy(() -> WorkedExample.config().withSource("", "x"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid source_offline_store_version: empty (expected a text)");
    assertThatThrownBy(() -> SelectedDepthStorage.ofSize(0, 1))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid selected_depth_width_px: 0 (expected at least 1)");
  }
}
