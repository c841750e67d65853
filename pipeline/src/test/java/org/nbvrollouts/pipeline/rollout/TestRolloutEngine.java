package org.nbvrollouts.pipeline.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;
import org.nbvrollouts.pipeline.policy.PolicyNodes;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.MaskColumn;
import org.nbvrollouts.store.source.Pose12;

final class TestRolloutEngine {
  private static final StageClock CLOCK = new StageClock(() -> 0);

  @Test
  void beamKeepsTheChainsOfTheVectors() throws UnscorableTargetException {
    JsonNode beam = GoldenVectors.load("selection_and_rules").get("beam");
    ScoredTree tree = new ScoredTree();
    tree.put(List.of(), 0.30, 0.25);
    tree.put(List.of(0), 0.10, 0.02);
    tree.put(List.of(1), 0.20, 0.01);

    List<Chain> chains = run(greedy(2, 2), tree);

    assertThat(chains)
        .extracting(chain -> chain.path().shellIndices())
        .containsExactly(List.of(1, 0), List.of(0, 0));
    for (int i = 0; i < chains.size(); i++) {
      assertThat(chains.get(i).cumulativeScore())
          .isCloseTo(beam.get("kept").get(i).get(1).asDouble(), within(1e-12));
    }
  }

  @Test
  void beamKeepsTheOrderOfEqualChains() throws UnscorableTargetException {
    ScoredTree tree = new ScoredTree();
    tree.put(List.of(), 0.5, 0.5, 0.5);
    tree.put(List.of(0), 0.1, 0.1, 0.1);
    tree.put(List.of(1), 0.1, 0.1, 0.1);

    List<Chain> chains = run(recipe(2, 3, 2), tree);

    assertThat(chains)
        .extracting(chain -> chain.path().shellIndices())
        .containsExactly(List.of(0, 0), List.of(0, 1));
  }

  @Test
  void chainWithoutCandidatesIsTerminatedOnceAndStillCompetes() throws UnscorableTargetException {
    ScoredTree tree = new ScoredTree();
    tree.put(List.of(), 0.9, 0.1);
    tree.put(List.of(0));
    tree.put(List.of(1), 0.2, 0.1);
    tree.put(List.of(1, 0), 0.1, 0.1);

    List<Chain> chains = run(greedy(3, 2), tree);

    assertThat(chains.get(0).path().shellIndices()).containsExactly(0);
    assertThat(chains.get(0).isTerminatedEarly()).isTrue();
    assertThat(chains.get(0).cumulativeRri().getAsDouble()).isEqualTo(0.9);
    assertThat(chains.get(1).isTerminatedEarly()).isFalse();
    assertThat(tree.expansions.get(List.of(0))).isEqualTo(1);
  }

  @Test
  void chainsWithoutAFiniteScoreEndAtTheRoot() throws UnscorableTargetException {
    ScoredTree tree = new ScoredTree();
    tree.put(List.of(), Double.NaN, Double.NaN);

    List<Chain> chains = run(greedy(2, 2), tree);

    assertThat(chains).hasSize(1);
    assertThat(chains.get(0).isTerminatedEarly()).isTrue();
    assertThat(chains.get(0).steps()).isEmpty();
    assertThat(chains.get(0).cumulativeRri()).isEmpty();
  }

  @Test
  void negativeGainsAreFollowedAndSummed() throws UnscorableTargetException {
    ScoredTree tree = new ScoredTree();
    tree.put(List.of(), -0.2, -0.1);
    tree.put(List.of(1), -0.3, -0.4);

    List<Chain> chains = run(greedy(2, 1), tree);

    assertThat(chains.get(0).path().shellIndices()).containsExactly(1, 0);
    assertThat(chains.get(0).cumulativeScore()).isCloseTo(-0.4, within(1e-12));
  }

  @Test
  void scheduleRepeatsItsLastEntry() {
    BranchingConfig branching = new BranchingConfig(1, List.of(3, 2), List.of(), List.of());

    assertThat(IntStream.range(0, 4).map(step -> branching.countAt(step, () -> 0)))
        .containsExactly(3, 2, 2, 2);
  }

  @Test
  void stochasticFactorsFollowTheirProbabilities() {
    BranchingConfig branching =
        new BranchingConfig(1, List.of(), List.of(1, 2, 5), List.of(3.0, 1.0, 0.0));

    assertThat(branching.countAt(0, () -> 0.0)).isEqualTo(1);
    assertThat(branching.countAt(0, () -> 0.7499)).isEqualTo(1);
    assertThat(branching.countAt(0, () -> 0.75)).isEqualTo(2);
    assertThat(branching.countAt(0, () -> 0.9999999)).isEqualTo(2);
  }

  private static List<Chain> run(RolloutRecipeConfig recipe, NodeSource nodes)
      throws UnscorableTargetException {
    return new RolloutEngine(recipe, nodes, CLOCK).chains();
  }

  private static RolloutRecipeConfig greedy(int horizon, int width) {
    return recipe(horizon, width, width);
  }

  private static RolloutRecipeConfig recipe(int horizon, int branches, int beam) {
    RolloutRecipeConfig defaults = RolloutRecipeConfig.of("greedy", "oracle_greedy");
    return new RolloutRecipeConfig(
        defaults.name(),
        defaults.selectionPolicy(),
        horizon,
        BranchingConfig.constant(branches),
        OptionalInt.of(beam),
        1,
        defaults.logitScaling(),
        0,
        0);
  }

  /** Nodes with given scores, all candidates valid; counts how often each is asked for. */
  private static final class ScoredTree implements NodeSource {
    private final Map<List<Integer>, double[]> scores = new HashMap<>();
    private final Map<List<Integer>, Integer> expansions = new HashMap<>();

    void put(List<Integer> path, double... values) {
      scores.put(path, values);
    }

    @Override
    public NodeExpansion expansion(NodePath path) {
      expansions.merge(path.shellIndices(), 1, Integer::sum);
      double[] values = scores.get(path.shellIndices());
      boolean[] valid = new boolean[values.length];
      Arrays.fill(valid, true);
      CandidateShell shell =
          new CandidateShell(
              MaskColumn.of(valid),
              Map.of(),
              Collections.nCopies(values.length, Pose12.IDENTITY),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Map.of());
      DoubleColumn column = DoubleColumn.of(values);
      IntColumn rows = IntColumn.of(IntStream.range(0, values.length).toArray());
      return new NodeExpansion(
          shell,
          rows,
          Map.of("rri", column),
          PolicyNodes.scored(values),
          Optional.empty(),
          Double.NaN);
    }

    @Override
    public SelectionStreams selectionStreams(RolloutRecipeConfig recipe) {
      return SelectionStreams.perNode(path -> (long) path.shellIndices().hashCode());
    }
  }
}
