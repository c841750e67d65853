package org.nbvrollouts.pipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.random.CounterRandom;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.DoubleColumn;

class TestSelectionPolicy {
  private static final JsonNode VECTORS =
      GoldenVectors.load("selection_and_rules").get("selection");
  private static final double[] SCORES = GoldenVectors.numbers(VECTORS.get("scores"));

  @Test
  void robustDrawsOfTheSpecificationAreReproduced() {
    checkDraws(LogitScaling.ROBUST, VECTORS.get("robust").get("draws_tau1"));
  }

  @Test
  void plainDrawsOfTheSpecificationAreReproduced() {
    checkDraws(LogitScaling.PLAIN, VECTORS.get("plain").get("draws_tau1"));
  }

  @Test
  void robustScaleOfTheSpecificationIsReproduced() {
    JsonNode robust = VECTORS.get("robust");
    ScoreScale scale = ScoreScale.robust(SCORES);
    assertThat(scale.centre()).isEqualTo(robust.get("median_lower").asDouble());
    assertThat(scale.spread())
        .isCloseTo(robust.get("scale").asDouble(), within(GoldenVectors.TOLERANCE));
    double[] cold = GoldenVectors.numbers(robust.get("logits_tau0_5"));
    for (int i = 0; i < SCORES.length - 1; i++) {
      assertThat(scale.apply(SCORES[i], 0.5)).isCloseTo(cold[i], within(GoldenVectors.TOLERANCE));
    }
  }

  @Test
  void fewScoresAreScaledByTheirStandardDeviation() {
    JsonNode small = VECTORS.get("small_set");
    double[] scores = GoldenVectors.numbers(small.get("scores"));
    ScoreScale scale = ScoreScale.robust(scores);
    assertThat(scale.centre()).isEqualTo(small.get("median").asDouble());
    assertThat(scale.spread())
        .isCloseTo(small.get("scale").asDouble(), within(GoldenVectors.TOLERANCE));
    double[] logits = GoldenVectors.numbers(small.get("result"));
    for (int i = 0; i < scores.length; i++) {
      assertThat(scale.apply(scores[i], 1)).isCloseTo(logits[i], within(GoldenVectors.TOLERANCE));
    }
  }

  @Test
  void randomPoliciesSpreadOverFiniteScores() {
    JsonNode expected = VECTORS.get("random_valid");
    SelectionDraw draw = policy("random_valid").select(scored(SCORES), 1, uniforms(0.5)).get(0);
    double each = expected.get("probability_each").asDouble();
    assertThat(draw.distribution().probabilities())
        .isEqualTo(DoubleColumn.of(each, each, each, each, 0));
    assertThat(draw.entropy())
        .isCloseTo(expected.get("entropy").asDouble(), within(GoldenVectors.TOLERANCE));
    assertThat(draw.index()).isEqualTo(2);
    assertThat(policy("random").name()).isEqualTo("random");
  }

  @Test
  void greedyTakesTheBestInOrderAndTiesGoToTheLowerRow() {
    List<SelectionDraw> draws = policy("oracle_greedy").select(scored(SCORES), 9, noUniforms());
    assertThat(draws)
        .extracting(SelectionDraw::index)
        .containsExactly(
            Arrays.stream(GoldenVectors.numbers(VECTORS.get("greedy_order")))
                .mapToObj(value -> (int) value)
                .toArray(Integer[]::new));
    double[] tied = {0.1, 0.3, -0.0, 0.3, 0.0};
    assertThat(policy("oracle_greedy").select(scored(tied), 5, noUniforms()))
        .extracting(SelectionDraw::index)
        .containsExactly(1, 3, 0, 2, 4);
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
  void medianIsTheLowerOfTheTwoMiddleScoresAndQuartilesAreInterpolated() {
    ScoreScale scale = ScoreScale.robust(new double[] {4, 1, Double.NaN, 3, 2});
    assertThat(scale.centre()).isEqualTo(2);
    assertThat(scale.spread()).isEqualTo(3.25 - 1.75);
  }

  @Test
  void equalMiddleScoresGiveOutliersAllProbability() {
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
            "Invalid selection_policy: greedy (expected random, random_valid, oracle_greedy,"
                + " temperature_softmax, farthest_from_history or farthest_from_reference)");
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

  private static void checkDraws(LogitScaling scaling, JsonNode expected) {
    double[] u = new double[expected.size()];
    for (int i = 0; i < u.length; i++) {
      u[i] = expected.get(i).get("u").asDouble();
    }
    List<SelectionDraw> draws =
        SelectionPolicy.of("temperature_softmax", 1, scaling, SiblingGuards.NONE)
            .select(scored(SCORES), u.length, uniforms(u));
    assertThat(draws).hasSize(expected.size());
    for (int i = 0; i < u.length; i++) {
      SelectionDraw draw = draws.get(i);
      JsonNode want = expected.get(i);
      assertThat(draw.index()).isEqualTo(want.get("selected").asInt());
      assertColumn(draw.distribution().logits(), want.get("logits"));
      assertColumn(draw.distribution().probabilities(), want.get("probabilities"));
      assertColumn(draw.distribution().logProbabilities(), want.get("log_probabilities"));
      assertThat(draw.entropy())
          .isCloseTo(want.get("entropy").asDouble(), within(GoldenVectors.TOLERANCE));
      assertThat(draw.logProbability())
          .isCloseTo(
              want.get("selected_log_probability").asDouble(), within(GoldenVectors.TOLERANCE));
    }
  }

  private static void assertColumn(DoubleColumn actual, JsonNode expected) {
    double[] want = GoldenVectors.numbers(expected);
    assertThat(actual.length()).isEqualTo(want.length);
    for (int i = 0; i < want.length; i++) {
      if (Double.isInfinite(want[i])) {
        assertThat(actual.at(i)).isEqualTo(want[i]);
      } else {
        assertThat(actual.at(i)).isCloseTo(want[i], within(GoldenVectors.TOLERANCE));
      }
    }
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
