package org.nbvrollouts.pipeline.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.candidate.CandidateBaseConfig;
import org.nbvrollouts.pipeline.candidate.CandidateMixtureConfig;
import org.nbvrollouts.pipeline.candidate.SeedMode;
import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;
import org.nbvrollouts.pipeline.policy.LogitScaling;
import org.nbvrollouts.pipeline.policy.PolicyNodes;
import org.nbvrollouts.pipeline.policy.SelectionDraw;
import org.nbvrollouts.pipeline.policy.SiblingGuards;
import org.nbvrollouts.pipeline.random.CounterRandom;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.RolloutTrajectory;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.MaskColumn;
import org.nbvrollouts.store.source.Pose12;

/** Where tables and choices take their random numbers from, in both modes. */
final class TestSelectionStreams {
  private static final long SEED = 11;
  private static final RolloutRecipeConfig STOCHASTIC =
      new RolloutRecipeConfig(
          "stochastic",
          "temperature_softmax",
          3,
          new BranchingConfig(1, List.of(), List.of(1, 2), List.of()),
          OptionalInt.of(2),
          1,
          LogitScaling.ROBUST,
          SEED,
          ProposalStream.DEFAULT,
          SiblingGuards.NONE);

  private static final RolloutRecipeConfig RANDOM =
      RolloutRecipeConfig.of("random", "random_valid");
  private static final SceneMesh MESH = RoomFixture.sceneMesh(0.5);

  private static List<RolloutZarrRecord> seedOnce;
  private static List<RolloutZarrRecord> stateKeyed;

  @BeforeAll
  static void generate() {
    seedOnce = generate(config(SeedMode.SEED_ONCE, List.of(STOCHASTIC, RANDOM)));
    stateKeyed = generate(config(SeedMode.STATE_KEYED, List.of(STOCHASTIC, RANDOM)));
  }

  @Test
  void seedOnceRepeatsThePatternOfTheShellAtEveryNodeOfEveryTarget() {
    List<DoubleColumn> patterns = jitterPatterns(seedOnce);
    assertThat(patterns).hasSizeGreaterThan(6);
    assertThat(patterns).allMatch(patterns.get(0)::equals);
    assertThat(targets(seedOnce)).hasSize(2);
  }

  @Test
  void stateKeyedTablesDifferFromNodeToNode() {
    List<DoubleColumn> patterns = jitterPatterns(stateKeyed);
    assertThat(patterns.stream().distinct().count()).isGreaterThan(6);
  }

  @Test
  void trapLineageSaysWhichModeTheNumbersComeFrom() {
    assertThat(seedOnce.get(0).lineage().selectionRngStateHash())
        .isEqualTo("seed-once:11:split-manifest:s");
    assertThat(stateKeyed.get(0).lineage().selectionRngStateHash())
        .isEqualTo("sha256-json-v2-state-streams:11:split-manifest:s");
  }

  @Test
  void recipesAloneGiveTheRecordsOfRecipesTogetherInBothModes() {
    for (SeedMode mode : SeedMode.values()) {
      List<RolloutZarrRecord> together = mode == SeedMode.SEED_ONCE ? seedOnce : stateKeyed;
      List<RolloutZarrRecord> alone = generate(config(mode, List.of(RANDOM)));
      assertThat(alone)
          .as("%s", mode)
          .usingRecursiveComparison()
          .withEqualsForType(DoubleColumn::equals, DoubleColumn.class)
          .isEqualTo(List.of(together.get(1), together.get(3)));
    }
  }

  @Test
  void oneStreamGoesThroughTheNodesBranchCountFirst() throws UnscorableTargetException {
    TwinTree tree = new TwinTree(SelectionStreams.shared(SEED));
    List<Chain> chains = new RolloutEngine(STOCHASTIC, tree, new StageClock(() -> 0)).chains();

    DoubleSupplier expected = new CounterRandom(SEED).stream();
    List<Integer> counts = new ArrayList<>();
    List<NodePath> frontier = List.of(NodePath.root(ProposalStream.DEFAULT));
    for (int step = 0; step < 3; step++) {
      List<NodePath> next = new ArrayList<>();
      for (NodePath node : frontier) {
        int count = expected.getAsDouble() < 0.5 ? 1 : 2;
        counts.add(count);
        int first = (int) (expected.getAsDouble() * 2);
        next.add(node.child(first));
        if (count == 2) {
          double onlyRowLeft = expected.getAsDouble();
          assertThat(onlyRowLeft).isLessThan(1);
          next.add(node.child(1 - first));
        }
      }
      frontier = next.subList(0, Math.min(2, next.size()));
    }
    assertThat(counts).contains(1, 2);
    assertThat(chains).extracting(Chain::path).containsExactlyElementsOf(frontier);
  }

  @Test
  void aLookAtANodeSeesTheDrawsOfTheRun() throws UnscorableTargetException {
    for (boolean isShared : new boolean[] {true, false}) {
      List<Chain> chains = engine(isShared).chains();
      for (Chain chain : chains) {
        for (Chain.Choice choice : chain.steps()) {
          List<SelectionDraw> draws = engine(isShared).drawsAt(parent(choice));
          assertThat(draws).as("shared %s", isShared).contains(choice.draw());
        }
      }
      assertThat(chains).hasSize(2);
    }
  }

  @Test
  void recipesMayHaveTablesOfASeedOfTheirOwn() {
    for (SeedMode mode : SeedMode.values()) {
      RolloutRecipeConfig own = withProposals(new ProposalStream(OptionalLong.of(99), 0));
      RolloutRecipeConfig same = withProposals(new ProposalStream(OptionalLong.of(0), 0));
      List<RolloutZarrRecord> records = generate(config(mode, List.of(RANDOM, own, same)));
      List<DoubleColumn> patterns = jitterPatterns(records.subList(0, 3));
      assertThat(patterns.get(2)).as("%s, seed 99", mode).isNotEqualTo(patterns.get(0));
      assertThat(firstStep(records.get(2)).candidates())
          .as("%s, the seed of the mixture", mode)
          .isEqualTo(firstStep(records.get(0)).candidates());
    }
  }

  @Test
  void replicasAreRefusedWhereThereIsOneTableForAll() {
    RolloutRecipeConfig replica = withProposals(new ProposalStream(OptionalLong.empty(), 1));
    assertThatThrownBy(() -> config(SeedMode.SEED_ONCE, List.of(replica)))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid proposal_replica: 1 (expected 0 with seed_mode seed-once, which has one table"
                + " for all)");
    assertThatThrownBy(() -> new ProposalStream(OptionalLong.of(-1), 0))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid proposal_seed: -1 (expected at least 0)");
  }

  private static RolloutEngine engine(boolean isShared) {
    SelectionStreams streams =
        isShared
            ? SelectionStreams.shared(SEED)
            : SelectionStreams.perNode(path -> SEED + path.shellIndices().hashCode());
    return new RolloutEngine(STOCHASTIC, new TwinTree(streams), new StageClock(() -> 0));
  }

  private static NodePath parent(Chain.Choice choice) {
    return choice.child().parent();
  }

  private static RolloutRecipeConfig withProposals(ProposalStream proposals) {
    return new RolloutRecipeConfig(
        "proposals-" + proposals.seed().orElse(-1),
        "random_valid",
        1,
        BranchingConfig.constant(1),
        OptionalInt.empty(),
        1,
        LogitScaling.ROBUST,
        0,
        proposals,
        SiblingGuards.NONE);
  }

  /** What was drawn for every table: the length of the move of each row. */
  private static List<DoubleColumn> jitterPatterns(List<RolloutZarrRecord> records) {
    return steps(records)
        .map(step -> step.candidates().extras().get("motion_step_length_m"))
        .map(TestSelectionStreams::inMicrometres)
        .toList();
  }

  private static DoubleColumn inMicrometres(DoubleColumn metres) {
    double[] rounded = metres.toArray();
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Math.rint(rounded[i] * 1e6);
    }
    return DoubleColumn.of(rounded);
  }

  private static Stream<RolloutStepRecord> steps(List<RolloutZarrRecord> records) {
    return records.stream()
        .flatMap(record -> record.result().trajectories().stream())
        .map(RolloutTrajectory::steps)
        .flatMap(List::stream);
  }

  private static RolloutStepRecord firstStep(RolloutZarrRecord record) {
    return record.result().trajectories().get(0).steps().get(0);
  }

  private static List<String> targets(List<RolloutZarrRecord> records) {
    return records.stream().map(record -> record.lineage().targetId()).distinct().toList();
  }

  private static List<RolloutZarrRecord> generate(RolloutGenerationConfig config) {
    return new SampleRolloutGenerator(config)
        .generate(RoomFixture.sample(), MESH, RoomFixture.LINEAGE)
        .records();
  }

  private static RolloutGenerationConfig config(SeedMode mode, List<RolloutRecipeConfig> recipes) {
    RolloutGenerationConfig config = RoomFixture.config(recipes);
    CandidateMixtureConfig mixture = config.candidateMixture();
    return new RolloutGenerationConfig(
        config.targetSource(),
        new CandidateMixtureConfig(withMode(mixture.base(), mode), mixture.components()),
        config.targetScorer(),
        new SelectedDepthRetentionConfig(false, 24, 16, 16),
        recipes,
        OptionalInt.empty(),
        true,
        1,
        config.targetProtocolVersion(),
        false);
  }

  private static CandidateBaseConfig withMode(CandidateBaseConfig base, SeedMode mode) {
    return new CandidateBaseConfig(
        base.cameraLabel(),
        base.alignToGravity(),
        base.shell(),
        base.positionMode(),
        base.view(),
        base.rules(),
        base.referenceFrameIndex(),
        base.seed(),
        mode);
  }

  /** A tree in which every node has two candidates of equal score. */
  private record TwinTree(SelectionStreams streams) implements NodeSource {
    @Override
    public NodeExpansion expansion(NodePath path) {
      CandidateShell shell =
          new CandidateShell(
              MaskColumn.of(new boolean[] {true, true}),
              Map.of(),
              List.of(Pose12.IDENTITY, Pose12.IDENTITY),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Map.of());
      return new NodeExpansion(
          shell,
          IntColumn.of(0, 1),
          Map.of(),
          PolicyNodes.scored(0.5, 0.5),
          Optional.empty(),
          Double.NaN);
    }

    @Override
    public SelectionStreams selectionStreams(RolloutRecipeConfig recipe) {
      return streams;
    }
  }
}
