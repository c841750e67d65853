package org.nbvrollouts.pipeline.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.target.GroundTruthMatchConfig;
import org.nbvrollouts.pipeline.target.TargetChoiceConfig;
import org.nbvrollouts.pipeline.target.TargetEligibilityConfig;
import org.nbvrollouts.pipeline.target.TargetEvidenceConfig;
import org.nbvrollouts.pipeline.target.TargetSelectorConfig;
import org.nbvrollouts.pipeline.target.TargetSourceMode;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.source.ActorEvidence;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.OracleEvidence;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.SparsePoints;

/** Rollouts on detected boxes: the gates per target, and who is told what. */
final class TestActorVisibleRollouts {
  private static final SceneMesh MESH = RoomFixture.sceneMesh(0.2);
  private static final int CLASS = 30;
  private static final int TRANSLATION_X = 27;

  @Test
  void generatorGetsTheDetectedCentreAndOracleTheTrueBox() {
    List<OrientedBox> truth = truth();
    List<OrientedBox> detected = List.of(shifted(truth.get(0), 0.1), shifted(truth.get(1), 0.1));
    RolloutZarrRecord record = generate(sample(detected, truth)).records().get(0);
    RolloutZarrRecord truthElsewhere =
        generate(sample(detected, List.of(shifted(truth.get(0), 0.2), truth.get(1))))
            .records()
            .get(0);
    RolloutZarrRecord detectedElsewhere =
        generate(sample(List.of(truth.get(0), detected.get(1)), truth)).records().get(0);

    RolloutLineage lineage = record.lineage();
    assertThat(lineage.targetSource()).isEqualTo("detected_obbs");
    assertThat(lineage.gtMatchStatus()).isEqualTo("matched");
    assertThat(lineage.targetCenterWorld().x())
        .isEqualTo((double) detected.get(0).value(TRANSLATION_X));
    assertThat(poses(truthElsewhere)).isEqualTo(poses(record));
    assertThat(gains(truthElsewhere)).isNotEqualTo(gains(record));
    assertThat(poses(detectedElsewhere)).isNotEqualTo(poses(record));
  }

  @Test
  void targetsWithoutALabelAreCountedAndSkippedUnderTheirStatus() {
    List<OrientedBox> truth = truth();
    OrientedBox unknown = with(truth.get(1), CLASS, 6);
    SampleRollouts rollouts = generate(sample(List.of(truth.get(0), unknown), truth));

    assertThat(rollouts.stats().targetsSelected()).isEqualTo(2);
    assertThat(rollouts.stats().targetsLabelInvalid()).isEqualTo(1);
    assertThat(rollouts.stats().targetInvalidSkips()).isZero();
    assertThat(rollouts.stats().skippedReasons()).isEqualTo(Map.of("unmatched_gt", 1L));
    assertThat(rollouts.outcome().targets().get(1).skipReason()).contains("unmatched_gt");
    assertThat(rollouts.records()).hasSize(1);
  }

  @Test
  void targetsThatShareTheirTrueBoxAreSkippedTogether() {
    List<OrientedBox> truth = truth();
    OrientedBox twin = OrientedBox.of(shifted(truth.get(0), 0.05).toFloats(), 0, 7);
    SampleRollouts rollouts = generate(sample(List.of(truth.get(0), truth.get(1), twin), truth));

    assertThat(rollouts.stats().targetsLabelInvalid()).isEqualTo(2);
    assertThat(rollouts.stats().skippedReasons()).isEqualTo(Map.of("ambiguous_pred_to_gt", 2L));
    assertThat(rollouts.records())
        .extracting(record -> record.lineage().targetSourceIndex())
        .containsExactly(1);
  }

  @Test
  void theCapComesBeforeTheLabelAndCountsOnlyTargetsWithRecords() {
    List<OrientedBox> truth = truth();
    OrientedBox unknown = with(truth.get(1), CLASS, 6);
    RolloutGenerationConfig one = config(OptionalInt.of(1), Gate.LABELLED, selector(true));
    SampleRollouts full = generate(one, sample(List.of(truth.get(0), unknown), truth));
    assertThat(full.stats().skippedReasons()).isEqualTo(Map.of("max_targets_per_sample", 1L));
    assertThat(full.stats().targetsLabelInvalid()).isZero();

    OrientedBox first = with(truth.get(0), CLASS, 6);
    SampleRollouts later = generate(one, sample(List.of(first, truth.get(1)), truth));
    assertThat(later.stats().skippedReasons()).isEqualTo(Map.of("unmatched_gt", 1L));
    assertThat(later.records()).hasSize(1);
  }

  @Test
  void withoutTheLabelGateAnUnmatchedTargetFailsAtTheOracle() {
    List<OrientedBox> truth = truth();
    OrientedBox unknown = with(truth.get(1), CLASS, 6);
    RolloutGenerationConfig open = config(OptionalInt.empty(), Gate.OPEN, selector(true));
    SampleRollouts rollouts = generate(open, sample(List.of(truth.get(0), unknown), truth));
    assertThat(rollouts.stats().targetsLabelInvalid()).isZero();
    assertThat(rollouts.stats().targetInvalidSkips()).isEqualTo(1);
    assertThat(rollouts.stats().skippedReasons())
        .isEqualTo(Map.of("target_scorer:TARGET_GT_UNMATCHED", 1L));
  }

  @Test
  void aRowWithoutDetectionsIsSkipped() {
    SampleRollouts rollouts = generate(RoomFixture.sample());
    assertThat(rollouts.outcome().skipReason()).contains("no_actor_visible_targets");
    assertThat(rollouts.stats().skippedReasons()).isEqualTo(Map.of("no_actor_visible_targets", 1L));
    assertThat(rollouts.stats().targetsSelected()).isZero();
  }

  @Test
  void askingForLabelsAndForNoMatchIsRefused() {
    assertThatThrownBy(() -> config(OptionalInt.empty(), Gate.LABELLED, selector(false)))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid require_label_valid: true (expected false while target_selector.match_gt is"
                + " false)");
    SampleRollouts rollouts =
        generate(config(OptionalInt.empty(), Gate.OPEN, selector(false)), sample(truth(), truth()));
    assertThat(rollouts.records()).isEmpty();
    assertThat(rollouts.stats().targetInvalidSkips()).isEqualTo(2);
  }

  private enum Gate {
    LABELLED,
    OPEN
  }

  private static SampleRollouts generate(SourceSample sample) {
    return generate(config(OptionalInt.empty(), Gate.LABELLED, selector(true)), sample);
  }

  private static SampleRollouts generate(RolloutGenerationConfig config, SourceSample sample) {
    return new SampleRolloutGenerator(config).generate(sample, MESH, RoomFixture.LINEAGE);
  }

  private static TargetSelectorConfig selector(boolean matchGt) {
    GroundTruthMatchConfig defaults = GroundTruthMatchConfig.defaults();
    return new TargetSelectorConfig(
        TargetSourceMode.V1_ACTOR_VISIBLE,
        TargetChoiceConfig.defaults(),
        TargetEligibilityConfig.defaults(),
        TargetEvidenceConfig.defaults(),
        new GroundTruthMatchConfig(
            matchGt,
            defaults.minGtIou(),
            defaults.minGtMatchScore(),
            defaults.gtIouSamples(),
            defaults.gtAmbiguityMargin()));
  }

  private static RolloutGenerationConfig config(
      OptionalInt maxTargets, Gate gate, TargetSelectorConfig selector) {
    RolloutGenerationConfig room =
        RoomFixture.config(List.of(RolloutRecipeConfig.of("oracle_greedy", "oracle_greedy")));
    return new RolloutGenerationConfig(
        selector,
        room.candidateMixture(),
        room.targetScorer(),
        room.selectedDepth(),
        room.recipes(),
        maxTargets,
        gate == Gate.LABELLED,
        room.minValidRootCandidates(),
        room.targetProtocolVersion(),
        false);
  }

  private static List<OrientedBox> truth() {
    return RoomFixture.sample().oracle().groundTruth().orElseThrow().boxes();
  }

  /** The room with detections and eight points in the middle of each true box. */
  private static SourceSample sample(List<OrientedBox> detected, List<OrientedBox> truth) {
    SourceSample room = RoomFixture.sample();
    ActorEvidence actor = room.actor();
    return new SourceSample(
        room.identity(),
        new ActorEvidence(
            actor.trajectory(),
            actor.rootPoseWorldRig(),
            actor.referencePoseWorldRig(),
            actor.worldFromSnippet(),
            actor.gravityWorld(),
            actor.calibrations(),
            new SparsePoints(points(), Optional.empty(), Optional.empty()),
            actor.volume(),
            actor.occupancyExtent(),
            Optional.of(table(detected)),
            actor.voxels()),
        new OracleEvidence(
            Optional.of(table(truth)), room.oracle().rootCloud(), room.oracle().mesh()));
  }

  private static BoxTable table(List<OrientedBox> boxes) {
    return new BoxTable(boxes, BoxTable.Frame.WORLD, Map.of(5, "cupboard"));
  }

  private static PointCloud points() {
    List<OrientedBox> boxes = truth();
    float[] coordinates = new float[3 * 8 * boxes.size()];
    for (int i = 0; i < 8 * boxes.size(); i++) {
      Pose12 pose = boxes.get(i / 8).tableFromObject();
      coordinates[3 * i] = (float) (pose.tx() + 0.01 * (i % 8));
      coordinates[3 * i + 1] = (float) pose.ty();
      coordinates[3 * i + 2] = (float) pose.tz();
    }
    return PointCloud.of(coordinates);
  }

  private static OrientedBox shifted(OrientedBox box, double metres) {
    return with(box, TRANSLATION_X, (float) (box.value(TRANSLATION_X) + metres));
  }

  private static OrientedBox with(OrientedBox box, int index, float value) {
    float[] values = box.toFloats();
    values[index] = value;
    return OrientedBox.of(values, 0, box.sourceIndex());
  }

  private static List<Pose12> poses(RolloutZarrRecord record) {
    return firstStep(record).candidates().worldFromCamera();
  }

  private static DoubleColumn gains(RolloutZarrRecord record) {
    return firstStep(record).metricVectors().get("target_root_gain");
  }

  private static RolloutStepRecord firstStep(RolloutZarrRecord record) {
    return record.result().trajectories().get(0).steps().get(0);
  }
}
