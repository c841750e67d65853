package org.nbvrollouts.pipeline.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.reference.ReferenceNode;
import org.nbvrollouts.pipeline.reference.ReferenceOracle;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.TargetEvalCrops;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.PointCloud;

/** Kept crops are the points that labels come from. */
final class TestEvalCrops {
  /** Coordinates are rounded to float32, errors grow with the distance a rounded point moved. */
  private static final double ROUNDING = 1e-4;

  private static final double CROP_SLACK_METRES = 1e-5;
  private static final SceneMesh MESH = RoomFixture.sceneMesh(1);
  private static final RolloutRecipeConfig RECIPE =
      RolloutRecipeConfig.of("oracle_greedy", "oracle_greedy").withBeam(2);

  @Test
  void labelsFollowFromTheCropsOfTheirStep() {
    RolloutGenerationConfig config = keeping(RoomFixture.config(List.of(RECIPE)));
    OracleTarget target =
        config
            .targetSource()
            .newTargetSource()
            .select(RoomFixture.sample())
            .selected()
            .get(0)
            .oracle()
            .orElseThrow();
    ReferenceOracle oracle = new ReferenceOracle(unfused(config.targetScorer()), MESH.mesh());
    List<RolloutStepRecord> steps = steps(config);
    assertThat(steps).hasSize(4);
    for (RolloutStepRecord step : steps) {
      TargetEvalCrops crops = step.evalCrops().orElseThrow();
      assertThat(crops.cropPolicy()).isEqualTo("gt_obb_oriented_any_vertex_v1");
      assertThat(crops.voxelSizeMetres()).isEqualTo(0.02);
      assertThat(crops.maxPoints()).isEqualTo(50_000);
      assertLabels(step, crops, oracle, target);
    }
  }

  @Test
  void nothingIsKeptUnlessAsked() {
    assertThat(steps(RoomFixture.config(List.of(RECIPE))))
        .allMatch(step -> step.evalCrops().isEmpty());
  }

  private static void assertLabels(
      RolloutStepRecord step, TargetEvalCrops crops, ReferenceOracle oracle, OracleTarget target) {
    List<List<Point3>> candidates =
        crops.candidatePoints().stream().map(TestEvalCrops::points).toList();
    assertThat(candidates).hasSize(step.candidates().validCount());
    List<Point3> current = points(crops.currentPoints().orElseThrow());
    ReferenceNode node = oracle.target(target, current, List.of(), candidates).orElseThrow();
    double before = step.metricVectors().get("target_pm_dist_before").at(0);
    assertThat(node.before().distance()).isCloseTo(before, within(ROUNDING * before));
    assertThat(node.currentSupport())
        .isEqualTo((int) step.metricVectors().get("target_current_support").at(0));
    for (int i = 0; i < candidates.size(); i++) {
      double after = step.metricVectors().get("target_pm_dist_after").at(i);
      assertThat(node.candidates().get(i).after().distance())
          .isCloseTo(after, within(ROUNDING * after));
      assertThat(candidates.get(i).size())
          .isEqualTo((int) step.metricVectors().get("target_candidate_support").at(i));
    }
  }

  private static List<Point3> points(PointCloud cloud) {
    List<Point3> points = new ArrayList<>();
    for (int i = 0; i < cloud.size(); i++) {
      points.add(new Point3(cloud.x(i), cloud.y(i), cloud.z(i)));
    }
    return points;
  }

  private static List<RolloutStepRecord> steps(RolloutGenerationConfig config) {
    return new SampleRolloutGenerator(config)
        .generate(RoomFixture.sample(), MESH, RoomFixture.LINEAGE).records().stream()
            .flatMap(record -> record.result().trajectories().stream())
            .flatMap(trajectory -> trajectory.steps().stream())
            .toList();
  }

  private static RolloutGenerationConfig keeping(RolloutGenerationConfig config) {
    return new RolloutGenerationConfig(
        config.targetSource(),
        config.candidateMixture(),
        config.targetScorer(),
        config.selectedDepth(),
        config.recipes(),
        config.maxTargetsPerSample(),
        config.requireLabelValid(),
        config.minValidRootCandidates(),
        config.targetProtocolVersion(),
        true);
  }

  /** Measures points as they are; rounding must not push one out of the box. */
  private static TargetScorerConfig unfused(TargetScorerConfig scorer) {
    return new TargetScorerConfig(
        scorer.depth(),
        new TargetScorerConfig.OracleConfig(
            0, OptionalInt.of(200_000), scorer.oracle().minTriangleAreaM2()),
        scorer.backprojectionStride(),
        scorer.targetCropMarginMetres() + CROP_SLACK_METRES,
        scorer.minCurrentTargetPoints(),
        false,
        scorer.evalPointCloudSource(),
        scorer.evalCameraLabel(),
        OptionalDouble.empty(),
        0,
        scorer.evalFusionMaxPoints(),
        scorer.targetEvalMaxPoints(),
        scorer.rewardMode());
  }
}
