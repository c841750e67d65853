package org.nbvrollouts.pipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** Every guard on its own, at its bound, and what happens when it admits nothing. */
class TestSiblingGuards {
  private static final SiblingGuards HISTORY = new SiblingGuards(1, 0, 0, 0, false);
  private static final SiblingGuards DISTANCE = new SiblingGuards(0, 1, 0, 0, false);
  private static final SiblingGuards YAW = new SiblingGuards(0, 0, 90, 0, false);
  private static final SiblingGuards BEARING = new SiblingGuards(0, 0, 0, 90, false);
  private static final SiblingGuards STRATEGY = new SiblingGuards(0, 0, 0, 0, true);

  @Test
  void historyDistanceCountsTheRootEveryChosenViewAndTheCurrentPlace() {
    SelectionInput node =
        node(
            new double[] {5, 4, 3, 2, 1},
            List.of(at(0.5, 0, 0), at(4, 0.5, 0), at(8, 0, 0.5), at(9, 0, 0), at(12, 0, 0)),
            new int[5],
            List.of(new Point3(0, 0, 0), new Point3(4, 0, 0), new Point3(8, 0, 0)));
    assertThat(greedy(HISTORY, node, 5)).containsExactly(3, 4);
  }

  @Test
  void siblingsKeepTheirDistanceAndTheBoundItselfIsAdmitted() {
    SelectionInput node =
        node(
            new double[] {4, 3, 2, 1},
            List.of(at(0, 0, 0), at(0.999, 0, 0), at(1, 0, 0), at(2, 0, 0)),
            new int[4]);
    assertThat(greedy(DISTANCE, node, 4)).containsExactly(0, 2, 3);
  }

  @Test
  void yawIsMeasuredAboutUpAndNotAboutWorldY() {
    SelectionInput node =
        node(
            new double[] {3, 2, 1},
            List.of(looking(1, 0, 0), looking(1, 0, 100), looking(0, 1, 5)),
            new int[3]);
    assertThat(greedy(YAW, node, 3))
        .as("tilting does not turn, pitching up by a quarter would about world y")
        .containsExactly(0, 2);
  }

  @Test
  void yawWrapsAround() {
    SelectionInput node =
        node(new double[] {2, 1}, List.of(looking(-1, 0.1, 0), looking(-1, -0.1, 0)), new int[2]);
    assertThat(greedy(YAW, node, 2)).containsExactly(0);
  }

  @Test
  void verticalViewsAreComparedInSpace() {
    SelectionInput node =
        node(
            new double[] {3, 2, 1},
            List.of(looking(0, 0, 1), looking(1, 0, 1), looking(1, 0, -0.001)),
            new int[3]);
    assertThat(greedy(YAW, node, 3)).containsExactly(0, 2);
  }

  @Test
  void bearingIsThatOfTheTargetSeenFromTheChoiceAboutUp() {
    SelectionInput node =
        node(
            new double[] {4, 3, 2, 1},
            List.of(at(2, 0, 0), at(1, 0, 5), at(3, 1, -2), at(4, 0, 0)),
            new int[4]);
    assertThat(greedy(BEARING, node, 4))
        .as("the target is at x = 3; height does not matter")
        .containsExactly(0, 2, 3);
  }

  @Test
  void choicesOfANodeHaveDifferentStrategies() {
    SelectionInput node =
        node(
            new double[] {4, 3, 2, 1},
            List.of(at(0, 0, 0), at(0, 0, 0), at(0, 0, 0), at(0, 0, 0)),
            new int[] {3, 3, 0, 3});
    assertThat(greedy(STRATEGY, node, 4)).containsExactly(0, 2);
  }

  @Test
  void greedyTakesTheBestScoreAndNotTheFirstRowWhenGuardsKeepOutEveryRow() {
    SelectionInput node =
        node(
            new double[] {Double.NaN, 1, 3, 2},
            List.of(at(0, 0, 0), at(0, 0, 0), at(0, 0, 0), at(0, 0, 0)),
            new int[4]);
    assertThat(greedy(HISTORY, node, 2)).containsExactly(2);
  }

  @Test
  void samplingFallsBackToAllRemainingRowsAndRecordsThatDistribution() {
    SelectionInput node =
        node(
            new double[] {0, 0, Double.NaN},
            List.of(at(0, 0, 0), at(0, 0, 0), at(0, 0, 0)),
            new int[3]);
    List<SelectionDraw> draws =
        policy("random_valid", DISTANCE).select(node, 3, uniforms(0.9, 0.0));
    assertThat(draws).extracting(SelectionDraw::index).containsExactly(1, 0);
    assertThat(draws.get(0).distribution().probabilities()).isEqualTo(DoubleColumn.of(0.5, 0.5, 0));
    assertThat(draws.get(1).distribution().probabilities()).isEqualTo(DoubleColumn.of(1, 0, 0));
  }

  @Test
  void samplingDrawsFromAdmittedRowsAloneAndRecordsThatDistribution() {
    SelectionInput node =
        node(new double[] {0, 0, 0}, List.of(at(0, 0, 0), at(0.5, 0, 0), at(2, 0, 0)), new int[3]);
    List<SelectionDraw> draws =
        policy("temperature_softmax", DISTANCE).select(node, 2, uniforms(0.0, 0.0));
    assertThat(draws).extracting(SelectionDraw::index).containsExactly(0, 2);
    double never = Double.NEGATIVE_INFINITY;
    assertThat(draws.get(1).distribution().logits()).isEqualTo(DoubleColumn.of(never, never, 0));
    assertThat(draws.get(1).distribution().logProbabilities())
        .isEqualTo(DoubleColumn.of(never, never, 0));
    assertThat(draws.get(1).entropy()).isZero();
  }

  @Test
  void guardsDoNotChangeTheScaleOfTheScores() {
    double[] scores = {0, 10, 20, 30, 1000};
    SelectionInput node =
        node(
            scores,
            List.of(at(9, 0, 0), at(9, 0, 0), at(9, 0, 0), at(9, 0, 0), at(0, 0, 0)),
            new int[5]);
    SelectionDraw draw =
        policy("temperature_softmax", HISTORY).select(node, 1, uniforms(0.0)).get(0);
    ScoreScale scale = ScoreScale.robust(scores);
    assertThat(draw.distribution().logits().at(3)).isEqualTo(scale.apply(30, 1));
    assertThat(draw.distribution().logits().at(4)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void distancePoliciesKeepTheirGuardsToo() {
    SelectionInput node =
        node(new double[] {1, 1, 1}, List.of(at(3, 0, 0), at(2.9, 0, 0), at(1, 0, 0)), new int[3]);
    assertThat(indices(policy("farthest_from_reference", DISTANCE).select(node, 3, uniforms())))
        .containsExactly(0, 2);
  }

  @Test
  void boundsOutsideTheirRangeAreRefused() {
    assertThatThrownBy(() -> new SiblingGuards(-0.1, 0, 0, 0, false))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid min_history_distance_m: -0.1 (expected a finite number of at least 0.0)");
    assertThatThrownBy(() -> new SiblingGuards(0, Double.POSITIVE_INFINITY, 0, 0, false))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid min_sibling_distance_m: Infinity (expected a finite number of at least 0.0)");
    assertThatThrownBy(() -> new SiblingGuards(0, 0, 181, 0, false))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid min_sibling_yaw_deg: 181.0 (expected between 0.0 and 180.0)");
    assertThatThrownBy(() -> new SiblingGuards(0, 0, 0, Double.NaN, false))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid min_sibling_target_bearing_deg: NaN (expected between 0.0 and 180.0)");
  }

  private static List<Integer> greedy(SiblingGuards guards, SelectionInput node, int count) {
    return indices(policy("oracle_greedy", guards).select(node, count, uniforms()));
  }

  private static List<Integer> indices(List<SelectionDraw> draws) {
    return draws.stream().map(SelectionDraw::index).toList();
  }

  private static SelectionPolicy policy(String name, SiblingGuards guards) {
    return SelectionPolicy.of(name, 1, LogitScaling.ROBUST, guards);
  }

  private static SelectionInput node(double[] scores, List<Pose12> poses, int[] strategies) {
    return node(scores, poses, strategies, List.of(new Point3(0, 0, 0)));
  }

  private static SelectionInput node(
      double[] scores, List<Pose12> poses, int[] strategies, List<Point3> chain) {
    return new SelectionInput(
        DoubleColumn.of(scores), poses, IntColumn.of(strategies), chain, new Point3(3, 0, 0));
  }

  private static Pose12 at(double x, double y, double z) {
    return new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, x, y, z);
  }

  /** A pose far from the chain; only its forward column matters. */
  private static Pose12 looking(double x, double y, double z) {
    double length = Math.sqrt(x * x + y * y + z * z);
    return new Pose12(0, 0, x / length, 0, 0, y / length, 0, 0, z / length, 50, 50, 50);
  }

  private static DoubleSupplier uniforms(double... values) {
    return Arrays.stream(values).iterator()::nextDouble;
  }

  @Test
  void withoutGuardsNothingIsKeptOut() {
    SelectionInput node = PolicyNodes.scored(1, 2, 3);
    GuardedRows rows = new GuardedRows(SiblingGuards.NONE, node);
    rows.choose(0);
    assertThat(IntStream.range(0, 3)).allMatch(rows::admits);
  }
}
