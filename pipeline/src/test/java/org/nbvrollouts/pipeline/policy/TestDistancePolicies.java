package org.nbvrollouts.pipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** Policies that go by distance, whatever the labels say. */
class TestDistancePolicies {
  /** Candidates at x = 1, −1, 4 and 9; the chain went from 0 to 5. */
  private static final SelectionInput NODE =
      new SelectionInput(
          DoubleColumn.of(0.9, 0.1, 0.5, 0.2),
          List.of(at(1), at(-1), at(4), at(9)),
          IntColumn.of(0, 0, 0, 0),
          List.of(new Point3(0, 0, 0), new Point3(5, 0, 0)),
          new Point3(3, 0, 0));

  @Test
  void historyMeansTheNearestPlaceOfTheChain() {
    List<SelectionDraw> draws = select("farthest_from_history", 4, NODE);
    assertThat(draws).extracting(SelectionDraw::index).containsExactly(3, 0, 1, 2);
    assertThat(draws).extracting(SelectionDraw::score).containsExactly(4.0, 1.0, 1.0, 1.0);
    assertThat(draws.get(0).distribution().logits()).isEqualTo(DoubleColumn.of(1, 1, 1, 4));
    assertThat(draws.get(0).distribution().probabilities()).isEqualTo(DoubleColumn.of(0, 0, 0, 1));
    assertThat(draws.get(0).entropy()).isZero();
  }

  @Test
  void referenceMeansWhereTheCameraStands() {
    List<SelectionDraw> draws = select("farthest_from_reference", 2, NODE);
    assertThat(draws).extracting(SelectionDraw::index).containsExactly(1, 0);
    assertThat(draws).extracting(SelectionDraw::score).containsExactly(6.0, 4.0);
  }

  @Test
  void labelsDoNotMoveTheChoiceUnlessTheyAreMissing() {
    SelectionInput unlabelled =
        new SelectionInput(
            DoubleColumn.of(0.1, 0.9, 0.5, Double.NaN),
            NODE.worldFromCamera(),
            NODE.strategyIds(),
            NODE.chainCentresWorld(),
            NODE.targetCentreWorld());
    assertThat(select("farthest_from_history", 1, unlabelled))
        .extracting(SelectionDraw::index)
        .containsExactly(0);
  }

  @Test
  void theirScoreIsNamedAfterThemAndThatOfOthersIsTheLabel() {
    assertThat(policy("farthest_from_history").ownScore()).contains("farthest_from_history");
    assertThat(policy("farthest_from_reference").ownScore()).contains("farthest_from_reference");
    for (String name : List.of("random", "random_valid", "oracle_greedy", "temperature_softmax")) {
      assertThat(policy(name).ownScore()).as(name).isEmpty();
      assertThat(policy(name).name()).isEqualTo(name);
    }
  }

  @Test
  void drawsOfOtherPoliciesAreScoredByTheLabel() {
    for (String name : List.of("random", "random_valid", "oracle_greedy", "temperature_softmax")) {
      for (SelectionDraw draw : policy(name).select(NODE, 4, () -> 0.5)) {
        assertThat(draw.score()).as(name).isEqualTo(NODE.scores().at(draw.index()));
      }
    }
  }

  @Test
  void randomAndRandomValidDrawTheSameRows() {
    assertThat(policy("random").select(NODE, 3, () -> 0.7))
        .isEqualTo(policy("random_valid").select(NODE, 3, () -> 0.7));
  }

  @Test
  void inputsThatDoNotMatchAreRefused() {
    assertThatThrownBy(
            () ->
                new SelectionInput(
                    DoubleColumn.of(1, 2),
                    List.of(at(1)),
                    IntColumn.of(0, 0),
                    NODE.chainCentresWorld(),
                    NODE.targetCentreWorld()))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid selection input: 1 poses and 2 strategies (expected one per score, 2)");
    assertThatThrownBy(
            () ->
                new SelectionInput(
                    NODE.scores(),
                    NODE.worldFromCamera(),
                    NODE.strategyIds(),
                    List.of(),
                    NODE.targetCentreWorld()))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid selection input: no centre of the chain (expected at least the root)");
  }

  private static List<SelectionDraw> select(String name, int count, SelectionInput node) {
    return policy(name)
        .select(
            node,
            count,
            () -> {
              throw new AssertionError("a greedy policy takes no random number");
            });
  }

  private static SelectionPolicy policy(String name) {
    return SelectionPolicy.of(name, 1, LogitScaling.ROBUST, SiblingGuards.NONE);
  }

  private static Pose12 at(double x) {
    return new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, x, 0, 0);
  }
}
