package org.nbvrollouts.pipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.random.CounterRandom;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.DoubleColumn;

class TestSelectionPolicy {
  private static final double[] SCORES = {0.1, 0.2, 0.15, 0.4, Double.NaN};

  @Test
  void trapTiesGoToTheLowerRow() {
    double[] tied = {0.1, 0.3, -0.0, 0.3, 0.0};
    assertThat(policy("oracle_greedy").select(scored(tied), 5, noUniforms()))
        .extracting(SelectionDraw::index)
        .containsExactly(1, 3, 0, 2, 4);
  }

  @Test
  void trap9MedianIsLowerAndQuartilesAreInterpolated() {
    ScoreScale four = ScoreScale.robust(new double[] {8, 1, Double.NaN, 2, 4});
    assertThat(four.centre()).isEqualTo(2);
    assertThat(four.spread()).isEqualTo((4 + 0.25 * (8 - 4)) - (1 + 0.75 * (2 - 1)));
    ScoreScale two = ScoreScale.robust(new double[] {3, 1});
    assertThat(two.centre()).isEqualTo(1);
    assertThat(two.spread()).as("standard deviation of the population").isEqualTo(1);
  }

  @Test
  void greedyRecordsScoresAndCertainty() {
    SelectionDraw draw = policy("oracle_greedy").select(scored(SCORES), 1, noUniforms()).get(0);
    double impossible = Double.NEGATIVE_INFINITY;
    assertThat(draw.distribution().logits())
        .isEqualTo(DoubleColumn.of(0.1, 0.2, 0.15, 0.4, impossible));
    assertThat(draw.distribution().probabilities()).isEqualTo(DoubleColumn.of(0, 0, 0, 1, 0));
    assertThat(draw.distribution().logProbabilities())
        .isEqualTo(DoubleColumn.of(impossible, impossible, impossible, 0, impossible));
    assertThat(draw.logProbability()).isZero();
    assertThat(draw.entropy()).isZero();
  }

  @Test
  void noRowIsChosenWhenNoScoreIsFinite() {
    double[] nothing = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (String name : List.of("random_valid", "oracle_greedy", "temperature_softmax")) {
      assertThat(policy(name).select(scored(nothing), 2, noUniforms())).as(name).isEmpty();
      assertThat(policy(name).select(scored(), 2, noUniforms())).as(name).isEmpty();
    }
  }

  @Test
  void drawsNeverRepeatARowAndEachDistributionSumsToOne() {
    long seed = 20_260_601;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 300; round++) {
      double[] scores = new double[1 + random.nextInt(20)];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = random.nextInt(4) == 0 ? Double.NaN : random.nextInt(3) * random.nextDouble();
      }
      LogitScaling scaling = random.nextInt(2) == 0 ? LogitScaling.PLAIN : LogitScaling.ROBUST;
      SelectionPolicy policy =
          SelectionPolicy.of("temperature_softmax", 0.05 + round, scaling, SiblingGuards.NONE);
      List<SelectionDraw> draws =
          policy.select(scored(scores), scores.length, new CounterRandom(round).stream());
      assertThat(draws)
          .as("seed %d, round %d", seed, round)
          .hasSize((int) Arrays.stream(scores).filter(Double::isFinite).count());
      assertThat(draws).extracting(SelectionDraw::index).doesNotHaveDuplicates();
      for (SelectionDraw draw : draws) {
        assertThat(Arrays.stream(draw.distribution().probabilities().toArray()).sum())
            .as("seed %d, round %d", seed, round)
            .isCloseTo(1, within(1e-12));
        assertThat(scores[draw.index()]).isFinite();
        assertThat(draw.logProbability()).isFinite();
      }
    }
  }

  @Test
  void trap9EqualMiddleScoresGiveOutliersAllProbability() {
    double[] scores = {0, 0, 0, 0, 0, 1e-3};
    SelectionDraw draw =
        policy("temperature_softmax").select(scored(scores), 1, uniforms(0.999)).get(0);
    assertThat(draw.index()).isEqualTo(5);
    assertThat(draw.distribution().logits().at(5)).isEqualTo(1e-3 / 0x1.0p-23);
    assertThat(draw.distribution().logProbabilities().at(0)).isCloseTo(-87.33654, within(1e-5));
  }

  @Test
  void extremeScoresKeepFiniteLogits() {
    double[] scores = {-Double.MAX_VALUE, Double.MAX_VALUE};
    List<SelectionDraw> draws =
        SelectionPolicy.of("temperature_softmax", 1e-3, LogitScaling.PLAIN, SiblingGuards.NONE)
            .select(scored(scores), 2, uniforms(0.5, 0.5));
    assertThat(draws).extracting(SelectionDraw::index).containsExactly(1, 0);
    assertThat(draws.get(0).distribution().logits().at(0)).isFinite();
  }

  @Test
  void unknownNamesAndBadNumbersAreRefused() {
    assertThatThrownBy(() -> policy("greedy"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid selection_policy: greedy (expected oracle_greedy, farthest_from_history,"
                + " farthest_from_reference, random_valid, random or temperature_softmax)");
    assertThatThrownBy(
            () ->
                SelectionPolicy.of(
                    "temperature_softmax", 0, LogitScaling.PLAIN, SiblingGuards.NONE))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid selection_temperature: 0.0 (expected a finite number greater than 0.0)");
    assertThatThrownBy(() -> policy("oracle_greedy").select(scored(SCORES), 0, noUniforms()))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid branch count: 0 (expected at least 1)");
  }

  private static SelectionPolicy policy(String name) {
    return SelectionPolicy.of(name, 1, LogitScaling.ROBUST, SiblingGuards.NONE);
  }

  private static SelectionInput scored(double... scores) {
    return PolicyNodes.scored(scores);
  }

  private static DoubleSupplier uniforms(double... values) {
    return Arrays.stream(values).iterator()::nextDouble;
  }

  private static DoubleSupplier noUniforms() {
    return uniforms();
  }
}
