package org.nbvrollouts.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.rollout.RolloutLineageBuilder;
import org.nbvrollouts.store.rollout.RolloutResult;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.RolloutTrajectory;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.rollout.SelectedDepth;
import org.nbvrollouts.store.rollout.SelectedDepthStorage;
import org.nbvrollouts.store.rollout.SelectionDistribution;
import org.nbvrollouts.store.rollout.TargetEvalCrops;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.MaskColumn;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;

/**
 * Every rule from records to rows (specification store 4.3 to 4.9), one statement after another.
 */
class TestRecordRules {
  private static final float NAN = Float.NaN;

  private static RolloutZarrStoreConfig config() {
    return WorkedExample.config().withSelectedDepth(SelectedDepthStorage.ofSize(2, 1));
  }

  private static RolloutZarrStoreConfig protocol(String version) {
    RolloutZarrStoreConfig base = config();
    return new RolloutZarrStoreConfig(
        base.returnSemantics(),
        base.discountGamma(),
        version,
        base.reasonCodeVersion(),
        base.fieldRetentionPolicy(),
        base.sourceOfflineStoreVersion(),
        base.splitManifestHash(),
        base.selectedDepth(),
        base.qhChunkStates(),
        base.targetEvalCropMaxPoints(),
        base.targetEvalCropsEnabled());
  }

  private static RolloutTables tables(RolloutZarrRecord... records) {
    return RolloutTables.of(List.of(records), config(), WorkedExample.context());
  }

  private static RolloutLineage lineage(UnaryOperator<RolloutLineageBuilder> change) {
    return change.apply(new RolloutLineageBuilder(WorkedExample.lineage())).build();
  }

  private static RolloutTrajectory chain(StepDraft... steps) {
    List<RolloutStepRecord> built = new ArrayList<>();
    for (StepDraft step : steps) {
      step.stepIndex = built.size();
      built.add(step.build());
    }
    return new RolloutTrajectory(built, false, OptionalDouble.empty());
  }

  private static RolloutResult result(
      int horizon, int branchFactor, OptionalInt beam, List<RolloutTrajectory> chains) {
    return new RolloutResult(
        Pose12.IDENTITY,
        chains,
        horizon,
        branchFactor,
        beam,
        "oracle_greedy",
        OptionalLong.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static RolloutZarrRecord record(
      String prefix, RolloutLineage lineage, RolloutTrajectory... chains) {
    return new RolloutZarrRecord(
        result(2, 1, OptionalInt.empty(), List.of(chains)), lineage, prefix);
  }

  private static RolloutTables tables(StepDraft... steps) {
    return tables(record("p", WorkedExample.lineage(), chain(steps)));
  }

  private static RolloutTables tables(UnaryOperator<RolloutLineageBuilder> change) {
    return tables(record("p", lineage(change), chain(new StepDraft())));
  }

  private static float first(RolloutTables tables, String path) {
    return tables.array(path).floatAt(0);
  }

  private static StepDraft metrics(Map<String, DoubleColumn> metrics) {
    StepDraft step = new StepDraft();
    step.metrics = metrics;
    return step;
  }

  private static Map<String, DoubleColumn> values(Object... namesAndValues) {
    Map<String, DoubleColumn> metrics = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      metrics.put((String) namesAndValues[i], DoubleColumn.of((double) namesAndValues[i + 1]));
    }
    return metrics;
  }

  @Test
  void eachLabelColumnTakesItsOwnNamesAlone() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    names.put("target_rri", List.of("target_rri", "oracle_target_rri"));
    names.put("scene_rri", List.of("scene_rri", "oracle_scene_rri"));
    names.put("target_root_gain", List.of("target_root_gain", "root_gain"));
    names.put("target_log_error_gain", List.of("target_log_error_gain", "log_error_gain"));
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
      names.put(same, List.of(same));
    }
    for (Map.Entry<String, List<String>> column : names.entrySet()) {
      for (String name : column.getValue()) {
        // An RRI beside a gain, since a gain without one is refused.
        Map<String, DoubleColumn> given = new LinkedHashMap<>();
        boolean isGain = column.getKey().equals("target_root_gain");
        given.putAll(isGain ? values("target_rri", 0.75) : Map.of());
        given.putAll(values(name, 0.25));
        RolloutTables tables = tables(metrics(given));
        for (String other : names.keySet()) {
          Float expected =
              other.equals(column.getKey())
                  ? 0.25f
                  : isGain && other.equals("target_rri") ? 0.75f : NAN;
          assertThat(first(tables, "candidates/" + other))
              .as("%s of %s", other, name)
              .isEqualTo(expected);
        }
      }
    }
    assertThat(names).hasSize(12);
  }

  @Test
  void theFirstNamePresentCountsEvenIfItIsNaN() {
    RolloutTables tables =
        tables(metrics(values("target_rri", Double.NaN, "oracle_target_rri", 0.5)));
    assertThat(first(tables, "candidates/target_rri")).isNaN();
    assertThat(
            first(
                tables(metrics(values("oracle_scene_rri", 0.5, "scene_rri", 0.25))),
                "candidates/scene_rri"))
        .isEqualTo(0.25f);
  }

  @Test
  void aGenericRriFillsNoLabel() {
    RolloutTables tables = tables(metrics(values("rri", 0.5, "score", 0.5, "oracle_rri", 0.5)));
    for (String column : List.of("target_rri", "scene_rri", "target_root_gain")) {
      assertThat(first(tables, "candidates/" + column)).as(column).isNaN();
    }
    assertThat(tables.array("candidates/oracle_label_mask").bools()).containsExactly(false, false);
  }

  @Test
  void labelsOfInvalidCandidatesAreNaNWhateverWasMeasured() {
    StepDraft step = metrics(Map.of("scene_rri", DoubleColumn.of(0.5, 0.25)));
    assertThat(tables(step).array("candidates/scene_rri").floats()).containsExactly(0.5f, NAN);
  }

  @Test
  void trainingNeedsALabelAValidTargetAndAMatch() {
    assertThat(trained(b -> b)).isTrue();
    assertThat(trained(b -> b.gtMatchStatus("v0_gt_input"))).isTrue();
    assertThat(trained(b -> b.targetInvalidReasonBitset(1 << 6))).isFalse();
    assertThat(trained(b -> b.targetInvalidReasonBitset(3))).isFalse();
    assertThat(trained(b -> b.gtMatchStatus("unmatched_gt"))).isFalse();
    assertThat(trained(b -> b.gtMatchStatus("Matched"))).isFalse();
    assertThat(trained(b -> b.gtMatchStatus(null))).isFalse();
    assertThat(trained(b -> b.matchedGtTargetRowId(null))).isFalse();
    assertThat(trained(b -> b.matchedGtTargetRowId(-1L))).isFalse();
    assertThat(trained(b -> b.matchedGtTargetRowId(0L))).isTrue();
  }

  private static boolean trained(UnaryOperator<RolloutLineageBuilder> change) {
    RolloutTables tables = tables(change);
    assertThat(tables.array("candidates/oracle_label_mask").bools()).containsExactly(true, false);
    return tables.array("candidates/q_train_mask").booleanAt(0);
  }

  @Test
  void validityAndLabelOfATargetAreTwoThings() {
    RolloutTables invalid = tables(b -> b.targetInvalidReasonBitset(1 << 6));
    assertThat(invalid.array("targets/target_valid_mask").bools()).containsExactly(false);
    assertThat(invalid.array("targets/gt_label_valid_mask").bools()).containsExactly(true);
    RolloutTables unmatched = tables(b -> b.matchedGtTargetRowId(-1L));
    assertThat(unmatched.array("targets/target_valid_mask").bools()).containsExactly(true);
    assertThat(unmatched.array("targets/gt_label_valid_mask").bools()).containsExactly(false);
  }

  @Test
  void anUnsetTargetBitsetIsValidForGroundTruthTargetsAlone() {
    RolloutLineage unset = lineage(b -> b.targetInvalidReasonBitset(null));
    RolloutZarrRecord record = record("p", unset, chain(new StepDraft()));
    RolloutTables tables =
        RolloutTables.of(List.of(record), protocol("v0_gt_input"), WorkedExample.context());
    assertThat(tables.array("targets/target_invalid_reason_bitset").longs()).containsExactly(1);
    assertThat(tables.array("targets/target_valid_mask").bools()).containsExactly(true);
    assertThat(tables.array("candidates/q_train_mask").booleanAt(0)).isTrue();
    assertThatThrownBy(
            () ->
                RolloutTables.of(List.of(record), protocol("v1-observed"), WorkedExample.context()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("target_invalid_reason_bitset is not set");
  }

  @Test
  void everyVectorThatNamesCandidatesMustHaveOneValueForEach() {
    Map<String, StepDraft> drafts = new LinkedHashMap<>();
    drafts.put("strategyId", new StepDraft());
    drafts.get("strategyId").strategies = IntColumn.of(0);
    drafts.put("positionId", new StepDraft());
    drafts.get("positionId").positions = IntColumn.of(0);
    drafts.put("mixtureId", new StepDraft());
    drafts.get("mixtureId").mixtures = IntColumn.of(0);
    drafts.put("motion_step_length_m", new StepDraft());
    drafts.get("motion_step_length_m").extras = Map.of("motion_step_length_m", DoubleColumn.of(1));
    drafts.forEach(
        (name, draft) ->
            assertThatThrownBy(() -> tables(draft))
                .isInstanceOf(InvalidContentException.class)
                .hasMessage(
                    "Cannot write step: %s has 1 values (expected 2) (rollout=p-000000, step=0)",
                    name));
  }

  @Test
  void diagnosticsAreTakenByNameAndAnglesTurnedIntoDegrees() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("min_distance_to_mesh", "mesh_distance_m");
    for (String same :
        List.of(
            "path_min_clearance_m",
            "free_space_margin_m",
            "motion_step_length_m",
            "motion_height_delta_m",
            "motion_backward_step_m",
            "target_distance_m")) {
      names.put(same, same);
    }
    Map<String, DoubleColumn> extras = new LinkedHashMap<>();
    names.keySet().forEach(name -> extras.put(name, DoubleColumn.of(extras.size(), -0.5)));
    extras.put("motion_yaw_delta_rad", DoubleColumn.of(Math.PI / 2, 0));
    extras.put("target_bearing_yaw_rad", DoubleColumn.of(-Math.PI, 0));
    extras.put("path_collision_mask", DoubleColumn.of(0, 1));
    StepDraft step = new StepDraft();
    step.extras = extras;
    RolloutTables tables = tables(step);

    int number = 0;
    for (String column : names.values()) {
      assertThat(tables.array("candidate_diagnostics/" + column).floats())
          .as(column)
          .containsExactly(number++, -0.5f);
    }
    assertThat(first(tables, "candidate_diagnostics/motion_yaw_delta_deg")).isEqualTo(90f);
    assertThat(first(tables, "candidate_diagnostics/target_bearing_yaw_deg")).isEqualTo(-180f);
    assertThat(tables.array("candidate_diagnostics/path_collision_mask").bools())
        .containsExactly(false, true);
  }

  @Test
  void sumsTakeTheFirstFiniteValueAndWaitForOne() {
    StepDraft unset = selected(Map.of("target_rri", Double.NaN, "scene_rri", 1.0));
    StepDraft alias =
        selected(
            Map.of(
                "target_rri",
                Double.NEGATIVE_INFINITY,
                "rri",
                0.25,
                "root_gain",
                0.5,
                "scene_root_gain",
                -0.25));
    StepDraft own =
        selected(
            Map.of("target_rri", 0.5, "rri", 9.0, "target_root_gain", 0.125, "root_gain", 9.0));
    RolloutTables tables = tables(unset, alias, own);

    assertThat(tables.array("steps/cumulative_target_rri").floats())
        .containsExactly(NAN, 0.25f, 0.75f);
    assertThat(tables.array("steps/cumulative_scene_rri").floats()).containsExactly(1, 1, 1);
    assertThat(tables.array("steps/cumulative_target_root_gain").floats())
        .containsExactly(NAN, 0.5f, 0.625f);
    assertThat(tables.array("steps/cumulative_scene_root_gain").floats())
        .containsExactly(NAN, -0.25f, -0.25f);
    assertThat(first(tables, "rollouts/final_cumulative_target_rri")).isEqualTo(0.75f);
    assertThat(first(tables, "rollouts/final_cumulative_target_root_gain")).isEqualTo(0.625f);
  }

  private static StepDraft selected(Map<String, Double> metrics) {
    StepDraft step = new StepDraft();
    step.selected = metrics;
    return step;
  }

  @Test
  void theFinalRriOfAChainFillsInForAnUnsetSumAlone() {
    for (boolean isSet : new boolean[] {false, true}) {
      StepDraft step = selected(isSet ? Map.of("target_rri", 0.25) : Map.of());
      RolloutTrajectory chain =
          new RolloutTrajectory(List.of(step.build()), false, OptionalDouble.of(0.75));
      RolloutTables tables = tables(record("p", WorkedExample.lineage(), chain));
      assertThat(first(tables, "rollouts/final_cumulative_target_rri"))
          .isEqualTo(isSet ? 0.25f : 0.75f);
      assertThat(first(tables, "rollouts/final_cumulative_scene_rri")).isNaN();
      assertThat(first(tables, "steps/cumulative_target_rri"))
          .isEqualTo((Float) (isSet ? 0.25f : NAN));
    }
  }

  @Test
  void chainsEndEarlyAtTheirHorizonOrWithout() {
    RolloutTrajectory early =
        new RolloutTrajectory(
            chain(new StepDraft(), new StepDraft()).steps(), true, OptionalDouble.empty());
    RolloutTables tables =
        tables(
            record(
                "p",
                WorkedExample.lineage(),
                early,
                chain(new StepDraft(), new StepDraft()),
                chain(new StepDraft()),
                new RolloutTrajectory(List.of(), true, OptionalDouble.empty())));
    List<String> texts = tables.array("dictionaries/termination_reason").strings("d");

    assertThat(texts).containsExactly("fixed_horizon", "incomplete_rollout", "terminated_early");
    assertThat(tables.array("rollouts/termination_reason").longs()).containsExactly(2, 0, 1, 2);
    assertThat(tables.array("rollouts/chain_id").longs()).containsExactly(0, 1, 2, 3);
    assertThat(tables.array("dictionaries/rollout").strings("d"))
        .containsExactly("p-000000", "p-000001", "p-000002", "p-000003");
    assertThat(tables.array("steps/rollout_row_id").longs()).containsExactly(0, 0, 1, 1, 2);
  }

  @Test
  void theFirstTemperatureOfAChainIsItsTemperature() {
    StepDraft none = new StepDraft();
    StepDraft one = new StepDraft();
    one.temperature = OptionalDouble.of(0.5);
    StepDraft other = new StepDraft();
    other.temperature = OptionalDouble.of(2);
    assertThat(first(tables(none, one, other), "rollouts/temperature")).isEqualTo(0.5f);
  }

  @Test
  void numbersOfARolloutMustFitTheirColumns() {
    assertThatThrownBy(() -> tables(numbers(32_768, 1, OptionalInt.empty())))
        .hasMessageContaining("(column=rollouts/horizon, row=0)");
    assertThatThrownBy(() -> tables(numbers(1, 40_000, OptionalInt.empty())))
        .hasMessageContaining("(column=rollouts/branch_factor, row=0)");
    assertThatThrownBy(() -> tables(numbers(1, 1, OptionalInt.of(1 << 16))))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage(
            "Cannot write rollout: Invalid int16: 65536 (expected -32768 to 32767)"
                + " (column=rollouts/beam_width, row=0)");
    RolloutTables tables = tables(numbers(32_767, 32_767, OptionalInt.of(32_767)));
    assertThat(tables.array("rollouts/beam_width").longs()).containsExactly(32_767);
    assertThat(tables.description().rootAttributes()).containsEntry("q_h_horizon", 32_767);
  }

  private static RolloutZarrRecord numbers(int horizon, int branchFactor, OptionalInt beam) {
    return new RolloutZarrRecord(
        result(horizon, branchFactor, beam, List.of(chain(new StepDraft()))),
        WorkedExample.lineage(),
        "p");
  }

  @Test
  void targetsAreToldApartByEveryPartOfTheirKey() {
    List<UnaryOperator<RolloutLineageBuilder>> others =
        List.of(
            b -> b,
            b -> b.targetId("ASE_81022_Atek_000017:det:6"),
            b -> b.matchedGtTargetId("ASE_81022_Atek_000017:gt:3"),
            b -> b.matchedGtTargetRowId(3L),
            b -> b.targetSourceIndex(6),
            b -> b.targetSourceIndex(null).targetRowId(7L),
            b -> b.sourceRowId(18L).sourceSampleIndex(17L));
    List<RolloutZarrRecord> records = new ArrayList<>();
    for (int i = 0; i < 2 * others.size(); i++) {
      RolloutLineage lineage = lineage(others.get(i % others.size()));
      records.add(record("p" + i, lineage, chain(new StepDraft())));
    }
    RolloutTables tables = tables(records.toArray(RolloutZarrRecord[]::new));

    assertThat(tables.array("rollouts/target_row_id").longs())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6);
    assertThat(tables.array("targets/target_row_id").longs()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(tables.array("targets/target_source_index").longs())
        .containsExactly(5, 5, 5, 5, 6, 7, 5);
    assertThat(tables.array("sources/sample_index").longs()).containsExactly(17, 17);
  }

  @Test
  void recordsWithoutChainsLeaveTextsAndCoverageButNoRows() {
    RolloutLineage barren = lineage(b -> b.sourceRowId(5L).sceneId("barren").targetId("t:0"));
    RolloutTables tables =
        tables(record("a", barren), record("b", WorkedExample.lineage(), chain(new StepDraft())));

    assertThat(tables.array("targets/target_row_id").longs()).containsExactly(0);
    assertThat(tables.array("sources/source_row_id").longs()).containsExactly(17);
    assertThat(tables.array("dictionaries/scene").strings("d")).containsExactly("81022", "barren");
    assertThat(tables.array("dictionaries/target").strings("d")).contains("t:0");
    assertThat(tables.description().rootAttributes())
        .containsEntry("source_split", "train")
        .containsEntry("num_sources", 1)
        .containsEntry("num_targets", 1);
    assertThat(coverage(tables).get("num_source_rows")).isEqualTo(2);
  }

  private static Map<?, ?> coverage(RolloutTables tables) {
    return (Map<?, ?>) tables.description().manifest().get("source_coverage");
  }

  @Test
  void coverageCountsUnsetValuesAsUnknownAndListsThemAsNull() {
    RolloutTables tables =
        tables(
            b ->
                b.sceneId(null)
                    .split(null)
                    .sourceShardId("")
                    .snippetId("")
                    .sourceSampleKey(null)
                    .sourceSampleIndex(null)
                    .sourceShardRow(null));
    assertThat(coverage(tables).get("scene_counts")).isEqualTo(Map.of("unknown", 1));
    assertThat(coverage(tables).get("split_counts")).isEqualTo(Map.of("unknown", 1));
    assertThat(coverage(tables).get("source_shard_counts")).isEqualTo(Map.of("unknown", 1));
    Map<?, ?> source = (Map<?, ?>) ((List<?>) coverage(tables).get("sources")).get(0);
    for (String key :
        List.of("scene_id", "snippet_id", "source_sample_key", "split", "source_sample_index")) {
      assertThat(source.get(key)).as(key).isNull();
    }
    assertThat(source.get("source_shard_id")).isEqualTo("");
    assertThat(tables.array("sources/sample_index").longs()).containsExactly(17);
    assertThat(tables.array("sources/source_shard_row").longs()).containsExactly(-1);
    assertThat(tables.description().rootAttributes()).containsEntry("source_split", "unknown");
  }

  @Test
  void severalSplitsAreMixed() {
    RolloutTables tables =
        tables(
            record("a", WorkedExample.lineage(), chain(new StepDraft())),
            record("b", lineage(b -> b.sourceRowId(18L).split("val")), chain(new StepDraft())));
    assertThat(tables.description().rootAttributes()).containsEntry("source_split", "mixed");
  }

  @Test
  void dictionariesHoldTheirMembersInCodePointOrder() {
    StepDraft step = new StepDraft();
    step.policy = "random_valid";
    RolloutZarrRecord first =
        record(
            "a",
            lineage(
                b ->
                    b.sceneId("\ud83d\ude00")
                        .targetClassName(null)
                        .targetId(null)
                        .targetSelectionPolicy("temperature_softmax_top_k")
                        .modelCheckpointHash("checkpoint")),
            chain(step));
    RolloutZarrRecord second =
        record(
            "b",
            lineage(b -> b.sourceRowId(18L).sceneId("\uff5e").gtMatchStatus("missing_gt")),
            chain(new StepDraft()));
    RolloutTables tables = tables(first, second);

    assertThat(tables.array("dictionaries/scene").strings("d"))
        .containsExactly("\uff5e", "\ud83d\ude00");
    assertThat(tables.array("sources/scene_id").longs()).containsExactly(1, 0);
    assertThat(tables.array("dictionaries/class_name").strings("d"))
        .containsExactly("chair", "unknown");
    assertThat(tables.array("targets/target_class_name_id").longs()).containsExactly(-1, 0);
    assertThat(tables.array("dictionaries/policy").strings("d"))
        .containsExactly(
            "greedy_top_k", "oracle_greedy", "random_valid", "temperature_softmax_top_k");
    assertThat(tables.array("dictionaries/target").strings("d"))
        .containsExactly(
            "ASE_81022_Atek_000017:det:5", "ASE_81022_Atek_000017:gt:2", "unknown-target");
    assertThat(tables.array("dictionaries/target_match_status").strings("d"))
        .containsExactly("matched", "missing_gt");
    assertThat(tables.array("dictionaries/config").strings("d")).contains("checkpoint");
    assertThat(tables.array("lineage/model_checkpoint_id").longs()[1]).isEqualTo(-1);
  }

  @Test
  void emptyConfigurationTextsAreUnset() {
    RolloutTables tables = tables(b -> b.meshVersion("").branchScheduleId(null));
    assertThat(tables.array("dictionaries/config").strings("d")).doesNotContain("");
    assertThat(tables.array("lineage/mesh_version_id").longs()).containsExactly(-1);
    assertThat(tables.array("lineage/branch_schedule_id").longs()).containsExactly(-1);
  }

  @Test
  void identifiersAreStoredInShortFormAndAgreeWhicheverFormWasGiven() {
    String raw = "AriaSyntheticEnvironment_81022_AtekDataSample_000017";
    RolloutTables tables =
        tables(
            record("a", lineage(b -> b.snippetId(raw)), chain(new StepDraft())),
            record(
                "b",
                lineage(b -> b.snippetId("ASE_81022_Atek_000017").sourceSampleKey(raw)),
                chain(new StepDraft())));
    assertThat(tables.array("sources/source_row_id").longs()).containsExactly(17);
    assertThat(tables.array("dictionaries/source_key").strings("d"))
        .containsExactly("ASE_81022_Atek_000017");
    assertThat(IdentifierCompaction.compact(raw + "_x:" + raw + "."))
        .isEqualTo("ASE_81022_Atek_000017_x:ASE_81022_Atek_000017.");
    for (String kept :
        List.of(
            "AriaSyntheticEnvironment__AtekDataSample_1",
            "AriaSyntheticEnvironment_1_2_AtekDataSample_1",
            "AriaSyntheticEnvironment_1_AtekDataSample_ ",
            "AriaSyntheticEnvironment_1_AtekDataSample_")) {
      assertThat(IdentifierCompaction.compact(kept)).isEqualTo(kept);
    }
  }

  @Test
  void onlyFinitePositiveDepthInsideTheMaskIsStored() {
    float[] given = {Float.POSITIVE_INFINITY, -1, 70_000, 65_504};
    for (int pixel = 0; pixel < given.length; pixel++) {
      StepDraft step = new StepDraft();
      step.depth =
          new SelectedDepth(
              2, 1, new float[] {given[pixel], 3}, new boolean[] {true, false}, 1, 1, 1, 1);
      RolloutTables tables = tables(step);
      boolean isStored = given[pixel] == 65_504;
      assertThat(tables.array("selected_depth/valid_mask").bools())
          .as("depth %s", given[pixel])
          .containsExactly(isStored, false);
      assertThat(tables.array("selected_depth/depth_m").floats())
          .containsExactly(isStored ? given[pixel] : 0, 0);
    }
  }

  @Test
  void depthMayNotBeMissingAndIsNotStoredWhereItIsSwitchedOff() {
    StepDraft without = new StepDraft();
    without.depth = null;
    assertThatThrownBy(() -> tables(without))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("no depth image of the chosen view");
    StepDraft tall = new StepDraft();
    tall.depth =
        new SelectedDepth(1, 2, new float[] {1, 2}, new boolean[] {true, true}, 1, 1, 1, 1);
    assertThatThrownBy(() -> tables(tall)).hasMessageContaining("1 × 2 pixels (expected 2 × 1)");
    RolloutTables off =
        RolloutTables.of(
            List.of(record("p", WorkedExample.lineage(), chain(new StepDraft()))),
            config().withSelectedDepth(SelectedDepthStorage.disabled()),
            WorkedExample.context());
    assertThat(off.array("selected_depth/depth_m").shape()).containsExactly(0, 240, 240);
    assertThat(off.array("selected_depth/focal_px").shape()).containsExactly(0, 2);
    assertThat(off.array("selected_depth/step_row_id").shape()).containsExactly(0);
  }

  @Test
  void cloudsAreOnePerValidCandidateInShellOrderCutAndPadded() {
    StepDraft step = new StepDraft();
    step.valid = MaskColumn.of(true, false, true);
    step.poses = List.of(Pose12.IDENTITY, Pose12.IDENTITY, Pose12.IDENTITY);
    step.strategies = IntColumn.of(0, 0, 0);
    step.positions = IntColumn.of(1, 1, 1);
    step.mixtures = IntColumn.of(0, 0, 0);
    step.probability = DoubleColumn.of(0.5, 0.25, 0.25);
    step.metrics = Map.of();
    step.selection =
        new SelectionDistribution(
            DoubleColumn.of(1, 1), DoubleColumn.of(1, 0), DoubleColumn.of(0, 0));
    PointCloud three = PointCloud.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    PointCloud one = PointCloud.of(new float[] {-1, -2, -3});
    step.crops = new TargetEvalCrops(Optional.of(one), List.of(three, one), "crop", Double.NaN, 50);
    RolloutTables tables = withCrops(step, 2);

    assertThat(tables.array("target_eval_crops/crop_row_id").longs()).containsExactly(0, 1, 2);
    assertThat(tables.array("target_eval_crops/candidate_row_id").longs())
        .containsExactly(-1, 0, 2);
    assertThat(tables.array("target_eval_crops/source_role_id").longs()).containsExactly(0, 1, 1);
    assertThat(tables.array("target_eval_crops/lengths").longs()).containsExactly(1, 2, 1);
    assertThat(tables.array("target_eval_crops/max_points").longs()).containsExactly(50, 50, 50);
    assertThat(tables.array("target_eval_crops/voxel_size_m").floats()).containsOnly(NAN);
    assertThat(tables.array("target_eval_crops/points_world").floats())
        .containsExactly(-1, -2, -3, 0, 0, 0, 1, 2, 3, 4, 5, 6, -1, -2, -3, 0, 0, 0);
    assertThat(tables.array("target_eval_crops/mask").bools())
        .containsExactly(true, false, true, true, true, false);
    List<String> config = tables.array("dictionaries/config").strings("d");
    assertThat(tables.array("target_eval_crops/crop_policy_dictionary").strings("d"))
        .isEqualTo(config);
    assertThat(tables.array("target_eval_crops/crop_policy_id").longs())
        .containsOnly(config.indexOf("crop"));
    step.crops = new TargetEvalCrops(Optional.empty(), List.of(one), "crop", 0.02, 50);
    assertThatThrownBy(() -> withCrops(step, 2))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("1 candidate point clouds (expected one per valid candidate, 2)");
    assertThat(tables(step).array("target_eval_crops/crop_row_id").size()).isZero();
  }

  private static RolloutTables withCrops(StepDraft step, int width) {
    return RolloutTables.of(
        List.of(record("p", WorkedExample.lineage(), chain(step))),
        config().withTargetEvalCrops(width),
        WorkedExample.context());
  }

  @Test
  void aRootPoseThatIsNotFiniteIsRefused() {
    RolloutResult result =
        new RolloutResult(
            new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, Double.POSITIVE_INFINITY, 0, 0),
            List.of(chain(new StepDraft())),
            1,
            1,
            OptionalInt.empty(),
            "oracle_greedy",
            OptionalLong.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());
    assertThatThrownBy(() -> tables(new RolloutZarrRecord(result, WorkedExample.lineage(), "p")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("Cannot write rollout: root pose is not finite (rollout=p-000000)");
  }
}
