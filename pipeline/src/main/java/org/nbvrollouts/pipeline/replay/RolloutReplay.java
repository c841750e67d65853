package org.nbvrollouts.pipeline.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.nbvrollouts.pipeline.candidate.SeedMode;
import org.nbvrollouts.pipeline.oracle.RewardMode;
import org.nbvrollouts.pipeline.random.CounterRandom;
import org.nbvrollouts.pipeline.random.StateKeyedSeeds;
import org.nbvrollouts.pipeline.reference.ReferenceCrops;
import org.nbvrollouts.pipeline.reference.ReferenceNode;
import org.nbvrollouts.pipeline.rollout.ProposalStream;
import org.nbvrollouts.pipeline.rollout.RolloutGenerationConfig;
import org.nbvrollouts.pipeline.rollout.RolloutRecipeConfig;
import org.nbvrollouts.pipeline.target.ActorTarget;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/**
 * All rollouts of one row and target (specification generation 7). Nodes are kept, since they
 * depend on their path alone. For one thread at a time; loops run on all cores, and the result does
 * not depend on how many there are.
 */
public final class RolloutReplay {
  private final RolloutGenerationConfig config;
  private final SceneReplay scene;
  private final ActorTarget actor;
  private final OracleTarget truth;
  private final ReplayProgress progress;
  private final Map<NodeKey, Optional<ReplayedNode>> nodes = new HashMap<>();
  private final Map<NodeKey, Optional<ReferenceNode>> sceneErrors = new HashMap<>();

  private record NodeKey(ProposalStream proposals, List<Integer> path) {}

  /**
   * Prepares a target.
   *
   * @param scene the row
   * @param actor what candidates may know of the target
   * @param truth what the oracle measures
   * @param progress is told what is being done, and when a node is expanded or compared
   */
  public RolloutReplay(
      RolloutGenerationConfig config,
      SceneReplay scene,
      ActorTarget actor,
      OracleTarget truth,
      ReplayProgress progress) {
    this.config = config;
    this.scene = scene;
    this.actor = actor;
    this.truth = truth;
    this.progress = progress;
  }

  /** Most nodes that the chains of a recipe expand, where every one has all its children. */
  public static int mostNodes(RolloutRecipeConfig recipe) {
    long nodes = 0;
    long width = 1;
    for (int step = 0; step < recipe.horizon(); step++) {
      nodes = Math.min(Integer.MAX_VALUE, nodes + width);
      width = Math.min(Integer.MAX_VALUE, width * recipe.branching().mostAt(step));
      width = Math.min(width, recipe.beamWidth().orElse(Integer.MAX_VALUE));
    }
    return (int) nodes;
  }

  /**
   * Retained chains of a recipe, or empty if the target loses its label on the way, which voids the
   * recipe (specification generation 6.7).
   */
  public Optional<List<ReplayedChain>> chains(RolloutRecipeConfig recipe) {
    SelectionReplay selection = new SelectionReplay(recipe);
    DoubleSupplier shared = new CounterRandom(recipe.seed()).stream();
    List<ReplayedChain> frontier = List.of(ReplayedChain.empty());
    for (int step = 0; step < recipe.horizon(); step++) {
      List<ReplayedChain> next = new ArrayList<>();
      for (ReplayedChain chain : frontier) {
        Optional<ReplayedNode> node =
            chain.isTerminatedEarly() ? Optional.empty() : node(recipe.proposals(), chain.path());
        if (node.isPresent() && node.get().target().isEmpty()) {
          return Optional.empty();
        }
        DoubleSupplier uniforms =
            isSeededOnce() ? shared : new CounterRandom(seed(recipe, chain.path())).stream();
        next.addAll(
            node.map(found -> children(chain, found, recipe, selection, uniforms))
                .orElse(List.of(chain)));
      }
      frontier = beam(next, recipe);
    }
    return Optional.of(frontier);
  }

  private boolean isSeededOnce() {
    return config.candidateMixture().base().seedMode() == SeedMode.SEED_ONCE;
  }

  private long seed(RolloutRecipeConfig recipe, List<Integer> path) {
    return StateKeyedSeeds.derive(
        "selection", recipe.seed(), recipe.name(), scene.sampleKey(), actor.targetId(), path);
  }

  private List<ReplayedChain> children(
      ReplayedChain chain,
      ReplayedNode node,
      RolloutRecipeConfig recipe,
      SelectionReplay selection,
      DoubleSupplier uniforms) {
    if (node.validRows().isEmpty()) {
      return List.of(chain.terminated());
    }
    List<ReplayedChain> children =
        selection
            .draws(scores(node, recipe), places(chain, node), chain.steps().size(), uniforms)
            .stream()
            .map(draw -> chain.with(new ReplayedChain.Step(chain.path(), node, draw)))
            .toList();
    return children.isEmpty() ? List.of(chain.terminated()) : children;
  }

  private ChoicePlaces places(ReplayedChain chain, ReplayedNode node) {
    List<Vector> places = new ArrayList<>();
    chain.steps().forEach(step -> places.add(centre(step.node().worldFromCamera())));
    places.add(centre(node.worldFromCamera()));
    List<ReplayedCandidate> valid = node.validRows().stream().map(node.candidates()::get).toList();
    return new ChoicePlaces(
        valid.stream().map(ReplayedCandidate::worldFromCamera).toList(),
        valid.stream().map(candidate -> candidate.strategy().id()).toList(),
        places,
        Vector.of(actor.centreWorld()));
  }

  private static Vector centre(Pose12 pose) {
    return new Vector(pose.tx(), pose.ty(), pose.tz());
  }

  private double[] scores(ReplayedNode node, RolloutRecipeConfig recipe) {
    ReferenceNode errors = node.target().orElseThrow();
    double root = rootErrorM2(recipe);
    boolean isRelative = config.targetScorer().rewardMode() == RewardMode.STATE_RELATIVE_RRI;
    return IntStream.range(0, errors.candidates().size())
        .mapToDouble(i -> isRelative ? errors.relativeGain(i) : errors.rootGain(i, root))
        .toArray();
  }

  private static List<ReplayedChain> beam(List<ReplayedChain> chains, RolloutRecipeConfig recipe) {
    int width = recipe.beamWidth().orElse(chains.size());
    if (chains.size() <= width) {
      return chains;
    }
    return chains.stream()
        .sorted(Comparator.comparingDouble((ReplayedChain chain) -> -chain.cumulativeScore()))
        .limit(width)
        .toList();
  }

  /** Error of the target before the first step, m². */
  public double rootErrorM2(RolloutRecipeConfig recipe) {
    return node(recipe.proposals(), List.of())
        .flatMap(ReplayedNode::target)
        .orElseThrow()
        .before()
        .distance();
  }

  /**
   * Errors of the scene at a node, or empty without scene metrics.
   *
   * @param path shell indices chosen before the node
   */
  public Optional<ReferenceNode> sceneErrors(RolloutRecipeConfig recipe, List<Integer> path) {
    NodeKey key = new NodeKey(recipe.proposals(), path);
    Optional<ReferenceNode> known = sceneErrors.get(key);
    if (known == null) {
      progress.doing("scene errors at " + path);
      known =
          node(key.proposals(), path)
              .filter(node -> !node.clouds().isEmpty())
              .flatMap(node -> scene.errors(history(key.proposals(), path), node.clouds()));
      sceneErrors.put(key, known);
      progress.partDone();
    }
    return known;
  }

  /**
   * Points that the errors of a node are measured on.
   *
   * @param path shell indices chosen before the node
   */
  public ReferenceCrops crops(RolloutRecipeConfig recipe, List<Integer> path) {
    ReplayedNode node = node(recipe.proposals(), path).orElseThrow();
    return scene.targetCrops(truth, history(recipe.proposals(), path), node.clouds());
  }

  private Optional<ReplayedNode> node(ProposalStream proposals, List<Integer> path) {
    NodeKey key = new NodeKey(proposals, path);
    Optional<ReplayedNode> known = nodes.get(key);
    if (known == null) {
      known = Optional.of(expand(key));
      nodes.put(key, known);
      progress.partDone();
    }
    return known;
  }

  private ReplayedNode expand(NodeKey key) {
    progress.doing("candidates at " + key.path());
    Pose12 pose = scene.root().worldFromCamera();
    if (!key.path().isEmpty()) {
      int last = key.path().size() - 1;
      ReplayedNode parent = node(key.proposals(), key.path().subList(0, last)).orElseThrow();
      pose = parent.candidates().get(key.path().get(last)).worldFromCamera();
    }
    List<ReplayedCandidate> candidates =
        scene.candidates(
            new ShellReplay.Node(
                scene.sampleKey(),
                actor.targetId(),
                key.path(),
                key.proposals(),
                pose,
                actor.centreWorld()));
    List<Integer> valid =
        IntStream.range(0, candidates.size())
            .filter(row -> candidates.get(row).isValid())
            .boxed()
            .toList();
    progress.doing("views and labels of " + valid.size() + " candidates at " + key.path());
    List<List<Point3>> clouds =
        valid.stream().map(row -> scene.cloud(candidates.get(row).worldFromCamera())).toList();
    return new ReplayedNode(
        pose,
        candidates,
        valid,
        clouds,
        scene.targetErrors(truth, history(key.proposals(), key.path()), clouds));
  }

  /** Whole clouds of the candidates chosen before a node, in step order. */
  private List<List<Point3>> history(ProposalStream proposals, List<Integer> path) {
    List<List<Point3>> clouds = new ArrayList<>();
    for (int step = 0; step < path.size(); step++) {
      ReplayedNode node = node(proposals, path.subList(0, step)).orElseThrow();
      clouds.add(node.clouds().get(node.validRows().indexOf(path.get(step))));
    }
    return clouds;
  }
}
