package org.nbvrollouts.pipeline.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.oracle.TargetOracle;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;
import org.nbvrollouts.pipeline.oracle.VoxelFusion;
import org.nbvrollouts.pipeline.policy.PolicyNodes;
import org.nbvrollouts.pipeline.policy.SiblingGuards;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.pipeline.vectors.VectorCheck;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.MaskColumn;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

final class TestRolloutEngine {
  private static final StageClock CLOCK = new StageClock(() -> 0);

  @Test
  void everyChainOfTheVectorsIsReproduced() throws UnscorableTargetException {
    VectorCheck check = VectorCheck.of("selection_and_rules", "beam");
    ScoredTree tree = new ScoredTree();
    tree.put(List.of(), 0.30, 0.25);
    tree.put(List.of(0), 0.10, 0.02);
    tree.put(List.of(1), 0.20, 0.01);

    checkChains(check, "level1", run(recipe(1, 2, 2), tree));
    checkChains(check, "level2", run(recipe(2, 2, 4), tree));
    checkChains(check, "kept", run(recipe(2, 2, 2), tree));
    check.everythingCompared(16, "frontier", "note");
  }

  private static void checkChains(VectorCheck check, String level, List<Chain> chains) {
    JsonNode expected = check.golden().get(level);
    assertThat(chains).as(level).hasSize(expected.size());
    for (int i = 0; i < chains.size(); i++) {
      StringBuilder name = new StringBuilder();
      for (int index : chains.get(i).path().shellIndices()) {
        String child = "ab".substring(index, index + 1);
        name.append(name.isEmpty() ? child : "." + name + index);
      }
      check.same(level, name.toString(), expected.get(i).get(0).asText());
      check.number(level, chains.get(i).cumulativeScore(), expected.get(i).get(1));
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
  void trapAChainWithoutCandidatesIsTerminatedOnceAndStillCompetes()
      throws UnscorableTargetException {
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
  void trapATargetWithoutALabelAtALaterStepVoidsTheWholeRecipe() {
    ScoredTree tree = new ScoredTree();
    tree.put(List.of(), 0.2, 0.1);
    tree.put(List.of(0), 0.2, 0.1);
    tree.failures.add(List.of(1));

    assertThatThrownBy(() -> run(greedy(2, 2), tree))
        .isInstanceOf(UnscorableTargetException.class)
        .hasMessage(
            "Cannot score target: no face of the mesh has a vertex in its box (target=t, faces=0)");
    assertThat(tree.expansions).containsKeys(List.of(0), List.of(1));
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
        ProposalStream.DEFAULT,
        SiblingGuards.NONE);
  }

  /** Nodes with given scores, all candidates valid; counts how often each is asked for. */
  private static final class ScoredTree implements NodeSource {
    private final Map<List<Integer>, double[]> scores = new HashMap<>();
    private final Map<List<Integer>, Integer> expansions = new HashMap<>();
    private final Set<List<Integer>> failures = new HashSet<>();

    void put(List<Integer> path, double... values) {
      scores.put(path, values);
    }

    @Override
    public NodeExpansion expansion(NodePath path) throws UnscorableTargetException {
      expansions.merge(path.shellIndices(), 1, Integer::sum);
      if (failures.contains(path.shellIndices())) {
        TargetOracle.of(
            TargetScorerConfig.defaults(),
            new VoxelFusion(),
            new OracleTarget("t", 0, Pose12.IDENTITY, new AxisAlignedBox(0, 1, 0, 1, 0, 1)),
            TriangleMesh.of(new float[0], new int[0]));
      }
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
