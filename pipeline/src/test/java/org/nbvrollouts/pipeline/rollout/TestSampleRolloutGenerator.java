package org.nbvrollouts.pipeline.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.candidate.RigTwist;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.policy.SiblingGuards;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.RolloutTrajectory;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.SelectedDepth;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.RootCloud;
import org.nbvrollouts.store.source.SourceSample;

final class TestSampleRolloutGenerator {
  private static final double CELL_METRES = 0.2;
  private static final SceneMesh MESH = RoomFixture.sceneMesh(CELL_METRES);

  @Test
  void everyRecipeGivesARecordWithCompleteSteps() {
    SampleRollouts rollouts = generate(RolloutRecipeConfig.defaultSuite());

    assertThat(rollouts.outcome().skipReason()).isEmpty();
    assertThat(rollouts.records()).hasSize(4);
    assertThat(rollouts.records())
        .extracting(record -> record.result().trajectories().size())
        .containsExactly(1, 1, 2, 2);
    assertThat(rollouts.stats().rolloutsWritten()).isEqualTo(6);
    steps(rollouts.records().stream()).forEach(TestSampleRolloutGenerator::assertComplete);
  }

  @Test
  void rootFactsAndLineageDescribeTheRow() {
    RolloutZarrRecord record = generate(List.of(greedy())).records().get(0);
    SourceSample sample = RoomFixture.sample();

    assertThat(record.result().rootPoseWorld())
        .isEqualTo(RigTwist.twist(sample.actor().rootPoseWorldRig()));
    assertThat(record.result().rootTimeNs()).isEqualTo(OptionalLong.of(1_300_000_000L));
    assertThat(record.result().rootTrajectoryIndex()).isEqualTo(OptionalInt.of(3));
    assertThat(record.result().rootFrameIndex()).isEqualTo(OptionalInt.of(3));
    assertThat(record.rolloutIdPrefix()).isEqualTo("00000007-target-00-oracle_greedy");
    RolloutLineage lineage = record.lineage();
    assertThat(lineage.sourceRowId()).isEqualTo(7);
    assertThat(lineage.sourceShardRow()).isEqualTo(3);
    assertThat(lineage.meshVersion())
        .isEqualTo(
            "mesh-v="
                + MESH.mesh().vertexCount()
                + "-f="
                + MESH.mesh().faceCount()
                + "-sha256=0123456789abcdef");
    assertThat(lineage.selectionRngStateHash())
        .isEqualTo("sha256-json-v2-state-streams:0:split-manifest:s");
    assertThat(lineage.targetCropPolicy()).isEqualTo("gt_obb_oriented_any_vertex_v1");
    assertThat(lineage.gtMatchStatus()).isEqualTo("matched");
  }

  @Test
  void twoRunsGiveEqualRecordsWhateverRanBefore() {
    SampleRolloutGenerator generator =
        new SampleRolloutGenerator(RoomFixture.config(RolloutRecipeConfig.defaultSuite()));
    SampleRollouts first = generator.generate(RoomFixture.sample(), MESH, RoomFixture.LINEAGE);
    SampleRollouts second = generator.generate(RoomFixture.sample(), MESH, RoomFixture.LINEAGE);

    assertSameRecords(second.records(), first.records());
    assertThat(second.outcome()).isEqualTo(first.outcome());
    assertThat(second.stats()).isEqualTo(first.stats());
  }

  @Test
  void recipesAloneGiveTheRecordsOfRecipesTogether() {
    List<RolloutRecipeConfig> suite = RolloutRecipeConfig.defaultSuite();
    List<RolloutZarrRecord> together = generate(suite).records();

    for (int i = 0; i < suite.size(); i++) {
      assertSameRecords(generate(List.of(suite.get(i))).records(), List.of(together.get(i)));
    }
  }

  @Test
  void replicasHaveTablesOfTheirOwn() {
    RolloutRecipeConfig other =
        new RolloutRecipeConfig(
            "replica",
            "oracle_greedy",
            1,
            BranchingConfig.constant(1),
            OptionalInt.empty(),
            1,
            greedy().logitScaling(),
            0,
            new ProposalStream(OptionalLong.empty(), 1),
            SiblingGuards.NONE);
    List<RolloutZarrRecord> records = generate(List.of(greedy(), other)).records();

    assertThat(firstStep(records.get(1)).candidates().worldFromCamera())
        .isNotEqualTo(firstStep(records.get(0)).candidates().worldFromCamera());
  }

  @Test
  void sceneMetricsDoNotInfluenceTargetLabels() {
    RolloutGenerationConfig config = RoomFixture.config(List.of(greedy()));
    SampleRollouts with = generate(config);
    SampleRollouts without = generate(withoutScene(config));

    RolloutStepRecord stepWith = firstStep(with.records().get(0));
    RolloutStepRecord stepWithout = firstStep(without.records().get(0));
    assertThat(stepWith.metricVectors()).containsKeys("scene_rri", "scene_root_gain");
    assertThat(stepWithout.metricVectors()).doesNotContainKey("scene_rri");
    assertThat(stepWithout.metricVectors().get("target_root_gain"))
        .isEqualTo(stepWith.metricVectors().get("target_root_gain"));
    assertThat(stepWithout.selectedShellIndex()).isEqualTo(stepWith.selectedShellIndex());
  }

  @Test
  void rootErrorIsTheErrorBeforeTheFirstStepAllAlongAChain() {
    RolloutZarrRecord record = generate(List.of(greedy())).records().get(0);
    List<RolloutStepRecord> steps = record.result().trajectories().get(0).steps();
    double root = steps.get(0).selectedMetrics().get("target_pm_dist_before");

    for (RolloutStepRecord step : steps) {
      double before = step.selectedMetrics().get("target_pm_dist_before");
      double after = step.selectedMetrics().get("target_pm_dist_after");
      assertThat(step.selectedMetrics().get("target_root_gain"))
          .isCloseTo((before - after) / root, within(1e-12));
      assertThat(step.selectedMetrics().get("target_rri"))
          .isCloseTo((before - after) / before, within(1e-12));
    }
  }

  @Test
  void tooFewValidRootsSkipTheRecipeWithTheirNumber() {
    RolloutGenerationConfig config = RoomFixture.config(List.of(greedy()));
    int valid = firstStep(generate(config).records().get(0)).candidates().validCount();

    SampleRollouts gated = generate(withGate(config, valid + 1));

    String reason = "low_valid_root_candidates:" + valid + "<min" + (valid + 1);
    assertThat(gated.records()).isEmpty();
    assertThat(gated.outcome().targets().get(0).recipes().get(0).skipReason()).contains(reason);
    assertThat(gated.stats().skippedReasons()).containsEntry(reason, 1L);
    assertThat(gated.stats().rolloutInvalidSkips()).isEqualTo(2);
    assertThat(generate(withGate(config, valid)).records()).hasSize(1);
  }

  @Test
  void targetsBeyondTheLimitAreSkippedWithAReason() {
    SampleRollouts rollouts = generate(List.of(greedy()));

    assertThat(rollouts.outcome().targets()).hasSize(2);
    assertThat(rollouts.outcome().targets().get(1).skipReason()).contains("max_targets_per_sample");
    assertThat(rollouts.stats().targetsSelected()).isEqualTo(2);
  }

  @Test
  void storedCloudWithOtherSettingsIsRefused() {
    RootCloud cloud = new RootCloud(cloudOnCupboards(), "ase_gt_depth_root", 2, 20, 0.02);
    SampleRolloutGenerator generator =
        new SampleRolloutGenerator(RoomFixture.config(List.of(greedy())));
    SourceSample sample = RoomFixture.sample(Optional.of(cloud));

    assertThatThrownBy(() -> generator.generate(sample, MESH, RoomFixture.LINEAGE))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContaining("Cannot use stored root cloud")
        .hasMessageContaining("sample=room-000000, expected stride=6, far=20.0, voxel=0.02")
        .hasMessageContaining("actual stride=2, far=20.0, voxel=0.02");
  }

  @Test
  void storedCloudIsPreferredAndNamed() {
    RootCloud cloud = new RootCloud(cloudOnCupboards(), "ase_gt_depth_root", 6, 20, 0.02);

    SampleRollouts rollouts = generateFrom(RoomFixture.sample(Optional.of(cloud)));

    assertThat(rollouts.outcome().rootCloud())
        .contains(new SampleOutcome.RootCloudChoice("ase_gt_depth_root", 2));
    assertThat(generateFrom(RoomFixture.sample()).outcome().rootCloud().orElseThrow().source())
        .isEqualTo("rendered_logged_depth_root");
  }

  @Test
  void targetWithoutCurrentPointsIsSkippedAndTheRowGoesOn() {
    PointCloud farAway = PointCloud.of(new float[] {0.5f, 0.5f, 0.5f});
    RootCloud nowhere = new RootCloud(farAway, "ase_gt_depth_root", 6, 20, 0.02);

    SampleRollouts rollouts = generateFrom(RoomFixture.sample(Optional.of(nowhere)));

    assertThat(rollouts.records()).isEmpty();
    assertThat(rollouts.stats().skippedReasons())
        .containsEntry("target_scorer:TARGET_SUPPORT_TOO_LOW", 2L);
    assertThat(rollouts.stats().targetInvalidSkips()).isEqualTo(2);
  }

  @Test
  void timingsComeFromTheGivenSource() {
    long[] now = {0};
    SampleRolloutGenerator generator =
        new SampleRolloutGenerator(RoomFixture.config(List.of(greedy())), () -> now[0]++);

    StageTimings timings =
        generator.generate(RoomFixture.sample(), MESH, RoomFixture.LINEAGE).timings();

    assertThat(timings.of(Stage.TARGETS)).isEqualTo(1);
    assertThat(timings.of(Stage.RENDER)).isPositive();
    assertThat(timings.plus(timings).of(Stage.TARGETS)).isEqualTo(2);
  }

  private static void assertComplete(RolloutStepRecord step) {
    int valid = step.candidates().validCount();
    assertThat(step.candidates().size()).isEqualTo(12);
    step.metricVectors()
        .forEach((name, values) -> assertThat(values.length()).as(name).isEqualTo(valid));
    assertThat(step.metricVectors())
        .containsKeys(
            "target_rri",
            "rri",
            "target_root_gain",
            "target_log_error_gain",
            "target_pm_dist_before",
            "target_pm_dist_after",
            "target_current_support",
            "target_candidate_support",
            "scene_rri",
            "scene_root_gain",
            "scene_log_error_gain",
            "scene_pm_dist_before",
            "scene_pm_dist_after");
    assertThat(step.selectionScoreLabel()).isEqualTo("target_root_gain");
    assertThat(step.selection().orElseThrow().probabilities().length()).isEqualTo(valid);
    assertThat(step.candidates().valid().at(step.selectedShellIndex())).isTrue();
    SelectedDepth depth = step.selectedDepth().orElseThrow();
    assertThat(depth.width()).isEqualTo(24);
    assertThat(depth.height()).isEqualTo(16);
    assertThat(depth.principalX()).isCloseTo(11.5, within(1e-9));
  }

  private static void assertSameRecords(
      List<RolloutZarrRecord> actual, List<RolloutZarrRecord> expected) {
    assertThat(actual)
        .usingRecursiveComparison()
        .withEqualsForType(DoubleColumn::equals, DoubleColumn.class)
        .isEqualTo(expected);
  }

  private static Stream<RolloutStepRecord> steps(Stream<RolloutZarrRecord> records) {
    return records
        .flatMap(record -> record.result().trajectories().stream())
        .map(RolloutTrajectory::steps)
        .flatMap(List::stream);
  }

  private static RolloutStepRecord firstStep(RolloutZarrRecord record) {
    return record.result().trajectories().get(0).steps().get(0);
  }

  /** One point on each cupboard. */
  private static PointCloud cloudOnCupboards() {
    return PointCloud.of(new float[] {3.6f, 1.5f, 0.8f, 3.8f, 3.5f, 0.8f});
  }

  private static RolloutRecipeConfig greedy() {
    return RolloutRecipeConfig.of("oracle_greedy", "oracle_greedy");
  }

  private static SampleRollouts generateFrom(SourceSample sample) {
    return new SampleRolloutGenerator(RoomFixture.config(List.of(greedy())))
        .generate(sample, MESH, RoomFixture.LINEAGE);
  }

  private static SampleRollouts generate(List<RolloutRecipeConfig> recipes) {
    return generate(RoomFixture.config(recipes));
  }

  private static SampleRollouts generate(RolloutGenerationConfig config) {
    return new SampleRolloutGenerator(config)
        .generate(RoomFixture.sample(), MESH, RoomFixture.LINEAGE);
  }

  private static RolloutGenerationConfig withGate(RolloutGenerationConfig config, int least) {
    return new RolloutGenerationConfig(
        config.targetSource(),
        config.candidateMixture(),
        config.targetScorer(),
        config.selectedDepth(),
        config.recipes(),
        config.maxTargetsPerSample(),
        true,
        least,
        config.targetProtocolVersion(),
        false);
  }

  private static RolloutGenerationConfig withoutScene(RolloutGenerationConfig config) {
    TargetScorerConfig scorer = config.targetScorer();
    return new RolloutGenerationConfig(
        config.targetSource(),
        config.candidateMixture(),
        new TargetScorerConfig(
            scorer.depth(),
            scorer.oracle(),
            scorer.backprojectionStride(),
            scorer.targetCropMarginMetres(),
            scorer.minCurrentTargetPoints(),
            false,
            scorer.evalPointCloudSource(),
            scorer.evalCameraLabel(),
            OptionalDouble.empty(),
            scorer.evalFusionVoxelSizeMetres(),
            scorer.evalFusionMaxPoints(),
            scorer.targetEvalMaxPoints(),
            scorer.rewardMode()),
        config.selectedDepth(),
        config.recipes(),
        config.maxTargetsPerSample(),
        true,
        config.minValidRootCandidates(),
        config.targetProtocolVersion(),
        false);
  }
}
