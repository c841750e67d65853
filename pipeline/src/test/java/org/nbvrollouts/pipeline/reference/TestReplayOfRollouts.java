package org.nbvrollouts.pipeline.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.policy.LogitScaling;
import org.nbvrollouts.pipeline.policy.SiblingGuards;
import org.nbvrollouts.pipeline.rollout.BranchingConfig;
import org.nbvrollouts.pipeline.rollout.ProposalStream;
import org.nbvrollouts.pipeline.rollout.RolloutGenerationConfig;
import org.nbvrollouts.pipeline.rollout.RolloutRecipeConfig;
import org.nbvrollouts.pipeline.rollout.RoomFixture;
import org.nbvrollouts.pipeline.rollout.SampleRolloutGenerator;
import org.nbvrollouts.pipeline.rollout.SampleRollouts;
import org.nbvrollouts.pipeline.rollout.SceneMesh;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.RolloutTrajectory;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.SelectedDepth;
import org.nbvrollouts.store.source.ActorEvidence;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.SourceSample;

/** Whole rollouts of a room, recomputed from source and stored poses alone. */
final class TestReplayOfRollouts {
  private static final double CELL_METRES = 2;

  private static final SourceSample SAMPLE = RoomFixture.sample();
  private static final SceneMesh MESH = RoomFixture.sceneMesh(CELL_METRES);
  private static final RolloutGenerationConfig CONFIG =
      RoomFixture.config(
          List.of(
              RolloutRecipeConfig.of("greedy", "oracle_greedy"),
              new RolloutRecipeConfig(
                  "softmax",
                  "temperature_softmax",
                  3,
                  BranchingConfig.constant(2),
                  OptionalInt.of(2),
                  1,
                  LogitScaling.ROBUST,
                  0,
                  ProposalStream.DEFAULT,
                  SiblingGuards.NONE)));
  private static final TargetScorerConfig SCORER = CONFIG.targetScorer();

  private static SampleRollouts rollouts;
  private static OracleTarget target;
  private static List<Point3> rootCloud;

  @BeforeAll
  static void generate() {
    rollouts = new SampleRolloutGenerator(CONFIG).generate(SAMPLE, MESH, RoomFixture.LINEAGE);
    target =
        CONFIG
            .targetSource()
            .newTargetSource()
            .select(SAMPLE)
            .selected()
            .get(0)
            .oracle()
            .orElseThrow();
    ActorEvidence actor = SAMPLE.actor();
    rootCloud =
        new ReferenceRootCloud(SCORER, MESH.mesh())
            .points(actor.trajectory().worldFromRig(), actor.calibrations());
  }

  @Test
  void everyMetricOfEveryStepIsThatOfTheDefinition() {
    assertThat(rollouts.records()).hasSize(2);
    int steps = 0;
    for (RolloutZarrRecord record : rollouts.records()) {
      for (RolloutTrajectory trajectory : record.result().trajectories()) {
        compareChain(trajectory);
        steps += trajectory.steps().size();
      }
    }
    assertThat(steps).isEqualTo(2 + 2 * 3);
  }

  @Test
  void selectedDepthIsThatOfTheDefinition() {
    PinholeCamera retained =
        new PinholeCamera(24, 16, 101.5 * 0.1, 101.5 * 16 / 240, 11.5, 120 * 16 / 240.0 - 0.5);
    ReferenceDepth depth = new ReferenceDepth(MESH.mesh(), retained, 0.001, 20);
    RolloutTrajectory trajectory = rollouts.records().get(0).result().trajectories().get(0);
    for (RolloutStepRecord step : trajectory.steps()) {
      SelectedDepth actual = step.selectedDepth().orElseThrow();
      Pose12 pose = step.candidates().worldFromCamera().get(step.selectedShellIndex());
      for (int pixel = 0; pixel < 24 * 16; pixel++) {
        ReferenceDepth.Pixel expected = depth.pixel(pose, pixel / 24, pixel % 24);
        assertThat(actual.isValid(pixel)).isEqualTo(expected.isValid());
        assertThat(actual.depthMetres(pixel))
            .isEqualTo(expected.isValid() ? (float) expected.depth() : 0);
      }
    }
  }

  private static void compareChain(RolloutTrajectory trajectory) {
    PinholeCamera scoring = new PinholeCamera(48, 48, 101.5 * 0.2, 101.5 * 0.2, 23.5, 23.5);
    ReferenceDepth depth = new ReferenceDepth(MESH.mesh(), scoring, 0.001, 20);
    ReferenceOracle oracle = new ReferenceOracle(SCORER, MESH.mesh());
    List<List<Point3>> history = new ArrayList<>();
    double targetRoot = Double.NaN;
    double sceneRoot = Double.NaN;
    for (RolloutStepRecord step : trajectory.steps()) {
      List<List<Point3>> clouds = new ArrayList<>();
      for (int row = 0; row < step.candidates().size(); row++) {
        if (step.candidates().valid().at(row)) {
          Pose12 pose = step.candidates().worldFromCamera().get(row);
          clouds.add(depth.points(pose, SCORER.backprojectionStride()));
        }
      }
      ReferenceNode ofTarget = oracle.target(target, rootCloud, history, clouds).orElseThrow();
      ReferenceNode ofScene =
          oracle.scene(SAMPLE.actor().occupancyExtent(), rootCloud, history, clouds).orElseThrow();
      targetRoot = history.isEmpty() ? ofTarget.before().distance() : targetRoot;
      sceneRoot = history.isEmpty() ? ofScene.before().distance() : sceneRoot;
      assertSame(step, "target", ofTarget, targetRoot);
      assertSame(step, "scene", ofScene, sceneRoot);
      assertSameSupport(step, ofTarget, targetRoot);
      history.add(clouds.get(step.selectedValidIndex()));
    }
  }

  private static void assertSame(
      RolloutStepRecord step, String prefix, ReferenceNode node, double rootErrorM2) {
    Map<String, DoubleColumn> metrics = step.metricVectors();
    int index = step.stepIndex();
    for (int i = 0; i < node.candidates().size(); i++) {
      ReferenceError after = node.candidates().get(i).after();
      error(metrics, prefix + "_pm_dist_before", i, node.before().distance(), index);
      error(metrics, prefix + "_pm_acc_before", i, node.before().accuracy(), index);
      error(metrics, prefix + "_pm_comp_before", i, node.before().completeness(), index);
      error(metrics, prefix + "_pm_dist_after", i, after.distance(), index);
      error(metrics, prefix + "_pm_acc_after", i, after.accuracy(), index);
      error(metrics, prefix + "_pm_comp_after", i, after.completeness(), index);
      gain(metrics, prefix + "_rri", i, node.relativeGain(i), index);
      gain(metrics, prefix + "_root_gain", i, node.rootGain(i, rootErrorM2), index);
      gain(metrics, prefix + "_log_error_gain", i, node.logErrorGain(i), index);
    }
  }

  private static void assertSameSupport(
      RolloutStepRecord step, ReferenceNode node, double rootErrorM2) {
    Map<String, DoubleColumn> metrics = step.metricVectors();
    for (int i = 0; i < node.candidates().size(); i++) {
      error(metrics, "target_root_pm_dist", i, rootErrorM2, step.stepIndex());
      gain(metrics, "rri", i, node.relativeGain(i), step.stepIndex());
      assertThat(metrics.get("target_candidate_support").at(i))
          .isEqualTo(node.candidates().get(i).support());
      assertThat(metrics.get("target_current_support").at(i)).isEqualTo(node.currentSupport());
    }
  }

  private static void error(
      Map<String, DoubleColumn> metrics, String name, int candidate, double expected, int step) {
    Cases.assertSameError(
        metrics.get(name).at(candidate), expected, name + " of candidate " + candidate, step);
  }

  private static void gain(
      Map<String, DoubleColumn> metrics, String name, int candidate, double expected, int step) {
    Cases.assertSameGain(
        metrics.get(name).at(candidate), expected, name + " of candidate " + candidate, step);
  }
}
