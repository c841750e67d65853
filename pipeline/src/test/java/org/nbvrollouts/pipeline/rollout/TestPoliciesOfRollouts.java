package org.nbvrollouts.pipeline.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.policy.LogitScaling;
import org.nbvrollouts.pipeline.policy.SiblingGuards;
import org.nbvrollouts.store.rollout.ChainReturns;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.RolloutTrajectory;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.Pose12;

/** What every policy leaves in the records of a room. */
final class TestPoliciesOfRollouts {
  private static final double LEAST_DISTANCE = 0.3;
  private static final double LEAST_YAW = 5;

  private static List<RolloutZarrRecord> records;

  @BeforeAll
  static void generate() {
    List<RolloutRecipeConfig> recipes =
        List.of(
            recipe("farthest_from_history", 3, 1, SiblingGuards.NONE),
            recipe("farthest_from_reference", 3, 1, SiblingGuards.NONE),
            recipe("random", 2, 1, SiblingGuards.NONE),
            recipe(
                "oracle_greedy", 1, 3, new SiblingGuards(0, LEAST_DISTANCE, LEAST_YAW, 0, false)),
            recipe("temperature_softmax", 2, 2, new SiblingGuards(0, 0, 0, 0, true)));
    records =
        new SampleRolloutGenerator(RoomFixture.config(recipes))
            .generate(RoomFixture.sample(), RoomFixture.sceneMesh(0.5), RoomFixture.LINEAGE)
            .records();
  }

  @Test
  void everyValidCandidateHasALabelWhateverThePolicy() {
    assertThat(records).hasSize(5);
    for (RolloutZarrRecord record : records) {
      for (RolloutTrajectory chain : record.result().trajectories()) {
        for (RolloutStepRecord step : chain.steps()) {
          DoubleColumn gains = step.metricVectors().get("target_root_gain");
          assertThat(gains.length()).isEqualTo(step.candidates().validCount());
          assertThat(Arrays.stream(gains.toArray()).allMatch(Double::isFinite))
              .as(record.rolloutIdPrefix())
              .isTrue();
        }
      }
    }
  }

  @Test
  void farthestPoliciesGoByDistanceAlthoughTheOracleHasScores() {
    for (int recipe = 0; recipe < 2; recipe++) {
      boolean isHistory = recipe == 0;
      RolloutZarrRecord record = records.get(recipe);
      List<Pose12> chain = new ArrayList<>(List.of(record.result().rootPoseWorld()));
      RolloutTrajectory trajectory = record.result().trajectories().get(0);
      assertThat(trajectory.steps()).hasSize(3);
      for (RolloutStepRecord step : trajectory.steps()) {
        List<Pose12> places = isHistory ? chain : chain.subList(chain.size() - 1, chain.size());
        DoubleColumn logits = step.selection().orElseThrow().logits();
        int rank = 0;
        double most = 0;
        for (int row = 0; row < step.candidates().size(); row++) {
          if (step.candidates().valid().at(row)) {
            Pose12 pose = step.candidates().worldFromCamera().get(row);
            double nearest =
                places.stream().mapToDouble(place -> distance(place, pose)).min().orElseThrow();
            assertThat(logits.at(rank++)).isCloseTo(nearest, within(1e-12));
            most = Math.max(most, nearest);
          }
        }
        assertThat(logits.at(step.selectedValidIndex())).isCloseTo(most, within(1e-12));
        assertThat(step.selectionScoreLabel()).isEqualTo(step.selectionPolicy());
        chain.add(step.candidates().worldFromCamera().get(step.selectedShellIndex()));
      }
    }
  }

  /** The recipe of campaigns: horizon 8, one branch, a beam of one, several temperatures. */
  @Test
  void eightStepsWithABeamOfOneGiveOneChainPerTemperature() {
    List<RolloutRecipeConfig> recipes =
        DoubleStream.of(0.5, 4)
            .mapToObj(
                temperature ->
                    new RolloutRecipeConfig(
                        "temperature_softmax_h8_" + temperature,
                        "temperature_softmax",
                        8,
                        BranchingConfig.constant(1),
                        OptionalInt.of(1),
                        temperature,
                        LogitScaling.ROBUST,
                        0,
                        ProposalStream.DEFAULT,
                        SiblingGuards.NONE))
            .toList();
    List<RolloutZarrRecord> campaign =
        new SampleRolloutGenerator(RoomFixture.config(recipes))
            .generate(RoomFixture.sample(), RoomFixture.sceneMesh(1), RoomFixture.LINEAGE)
            .records();
    assertThat(campaign).hasSize(2);
    for (int i = 0; i < campaign.size(); i++) {
      assertThat(campaign.get(i).result().trajectories()).hasSize(1);
      RolloutTrajectory chain = campaign.get(i).result().trajectories().get(0);
      assertThat(chain.terminatedEarly() || chain.steps().size() == 8).isTrue();
      assertThat(chain.steps().get(0).selectionTemperature())
          .hasValue(recipes.get(i).selectionTemperature());
    }
  }

  @Test
  void policiesThatGoByLabelsNameTheLabel() {
    for (RolloutZarrRecord record : records.subList(2, 5)) {
      assertThat(record.result().trajectories().get(0).steps().get(0).selectionScoreLabel())
          .isEqualTo("target_root_gain");
    }
  }

  @Test
  void siblingsOfOneNodeKeepApart() {
    List<Pose12> siblings =
        records.get(3).result().trajectories().stream()
            .map(chain -> chain.steps().get(0))
            .map(step -> step.candidates().worldFromCamera().get(step.selectedShellIndex()))
            .toList();
    assertThat(siblings).hasSizeGreaterThan(1);
    for (int i = 0; i < siblings.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(distance(siblings.get(i), siblings.get(j)))
            .isGreaterThanOrEqualTo(LEAST_DISTANCE);
        assertThat(turnDegrees(siblings.get(i), siblings.get(j))).isGreaterThanOrEqualTo(LEAST_YAW);
      }
    }
  }

  @Test
  void chainsThatShareAStepShareTheGuardsOfItsNode() {
    List<RolloutStepRecord> first =
        records.get(4).result().trajectories().stream().map(chain -> chain.steps().get(0)).toList();
    List<Integer> strategies =
        first.stream()
            .map(step -> step.candidates().strategyId().orElseThrow().at(step.selectedShellIndex()))
            .distinct()
            .toList();
    List<Integer> shells =
        first.stream().map(RolloutStepRecord::selectedShellIndex).distinct().toList();
    assertThat(strategies).hasSameSizeAs(shells);
  }

  @Test
  void liveResultsTellTheSumOfGainsAndTheEndPointGain() {
    for (RolloutZarrRecord record : records) {
      for (RolloutTrajectory chain : record.result().trajectories()) {
        ChainReturns returns = chain.returns(1);
        double sum =
            chain.steps().stream()
                .mapToDouble(step -> step.selectedMetrics().get("target_root_gain"))
                .sum();
        List<RolloutStepRecord> steps = chain.steps();
        double root = steps.get(0).selectedMetrics().get("target_pm_dist_before");
        double end = steps.get(steps.size() - 1).selectedMetrics().get("target_pm_dist_after");
        assertThat(returns.discountedReturn()).isCloseTo(sum, within(1e-12));
        assertThat(returns.endPointGain()).isCloseTo((root - end) / root, within(1e-6));
      }
    }
  }

  private static double distance(Pose12 a, Pose12 b) {
    return Math.hypot(Math.hypot(a.tx() - b.tx(), a.ty() - b.ty()), a.tz() - b.tz());
  }

  private static double turnDegrees(Pose12 a, Pose12 b) {
    double turn =
        Math.abs(Math.toDegrees(Math.atan2(a.r12(), a.r02()) - Math.atan2(b.r12(), b.r02())));
    return Math.min(turn, 360 - turn);
  }

  private static RolloutRecipeConfig recipe(
      String policy, int horizon, int width, SiblingGuards guards) {
    return new RolloutRecipeConfig(
        policy,
        policy,
        horizon,
        BranchingConfig.constant(width),
        width == 1 ? OptionalInt.empty() : OptionalInt.of(width),
        1,
        LogitScaling.ROBUST,
        0,
        ProposalStream.DEFAULT,
        guards);
  }
}
