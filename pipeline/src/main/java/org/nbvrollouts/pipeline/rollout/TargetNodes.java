package org.nbvrollouts.pipeline.rollout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.pipeline.candidate.CandidateExplanation;
import org.nbvrollouts.pipeline.candidate.CandidateRequest;
import org.nbvrollouts.pipeline.candidate.NodeKey;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.oracle.CandidateError;
import org.nbvrollouts.pipeline.oracle.GainMetrics;
import org.nbvrollouts.pipeline.oracle.SceneErrors;
import org.nbvrollouts.pipeline.oracle.TargetOracle;
import org.nbvrollouts.pipeline.oracle.TargetState;
import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;
import org.nbvrollouts.pipeline.policy.SelectionInput;
import org.nbvrollouts.pipeline.target.ActorTarget;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.rollout.SelectedDepth;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/**
 * The nodes of one row and target, each expanded once and shared by all recipes (specification
 * generation 1). A node depends on its path alone, so sharing changes nothing.
 */
final class TargetNodes implements NodeSource {
  private final SampleContext sample;
  private final ActorTarget target;
  private final TargetOracle oracle;
  private final NodeState root;
  private final Map<NodePath, NodeState> states = new HashMap<>();
  private final Map<NodePath, NodeExpansion> expansions = new HashMap<>();
  private final Map<NodePath, SelectedDepth> depths = new HashMap<>();

  /**
   * Pose, target state and whole selected clouds at a node.
   *
   * @param history in step order, world metres
   */
  record NodeState(Pose12 worldFromCamera, TargetState target, List<PointBuffer> history) {}

  /**
   * Scores the root.
   *
   * @throws UnscorableTargetException if the target has no label there
   */
  TargetNodes(SampleContext sample, ActorTarget target, TargetOracle oracle)
      throws UnscorableTargetException {
    this.sample = sample;
    this.target = target;
    this.oracle = oracle;
    long mark = sample.clock().start();
    TargetState state = oracle.root(sample.rootCloud());
    sample.clock().stop(Stage.TARGET_SCORE, mark);
    this.root = new NodeState(sample.rootWorldFromCamera(), state, List.of());
  }

  @Override
  public SelectionStreams selectionStreams(RolloutRecipeConfig recipe) {
    return switch (sample.seedMode()) {
      case STATE_KEYED ->
          SelectionStreams.perNode(path -> key(path).selectionSeed(recipe.seed(), recipe.name()));
      case SEED_ONCE -> SelectionStreams.shared(recipe.seed());
    };
  }

  @Override
  public NodeExpansion expansion(NodePath path) throws UnscorableTargetException {
    NodeExpansion known = expansions.get(path);
    if (known != null) {
      return known;
    }
    NodeExpansion expansion = expand(path);
    expansions.put(path, expansion);
    return expansion;
  }

  /** Error of the target before the first step, m². */
  double rootErrorM2() {
    return root.target().error().distance();
  }

  /** Depth image from the pose whose selection led to a node that an expanded node names. */
  SelectedDepth selectedDepth(NodePath path) {
    return depths.computeIfAbsent(
        path,
        missing -> {
          long mark = sample.clock().start();
          SelectedDepth depth = sample.views().selectedDepth(selectedPose(missing));
          sample.clock().stop(Stage.SELECTED_DEPTH, mark);
          sample.clock().count(Work.RAYS, sample.views().raysPerSelectedDepth());
          return depth;
        });
  }

  private NodeExpansion expand(NodePath path) throws UnscorableTargetException {
    NodeState state = state(path);
    long mark = sample.clock().start();
    CandidateShell candidates = sample.generator().generate(request(path, state));
    sample.clock().stop(Stage.CANDIDATES, mark);
    IntColumn validRows = validRows(candidates);
    sample.clock().count(Work.NODES, 1);
    sample.clock().count(Work.CANDIDATES, candidates.size());
    sample.clock().count(Work.VALID_CANDIDATES, validRows.length());
    List<PointBuffer> clouds = clouds(candidates, validRows);
    GainMetrics metrics = new GainMetrics();
    scoreTarget(state, clouds, metrics);
    double sceneRoot = scoreScene(path, state, clouds, metrics);
    return new NodeExpansion(
        candidates,
        validRows,
        metrics.vectors(),
        selection(path, candidates, validRows, metrics),
        sample.crops().map(crops -> crops.record(oracle, state.target(), clouds)),
        sceneRoot);
  }

  private SelectionInput selection(
      NodePath path, CandidateShell candidates, IntColumn validRows, GainMetrics metrics)
      throws UnscorableTargetException {
    List<Pose12> poses = new ArrayList<>();
    int[] strategies = new int[validRows.length()];
    for (int i = 0; i < strategies.length; i++) {
      int row = validRows.at(i);
      poses.add(candidates.worldFromCamera().get(row));
      strategies[i] = candidates.strategyId().map(ids -> ids.at(row)).orElse(-1);
    }
    return new SelectionInput(
        metrics.vectors().get(sample.rewardMode().scoreLabel()),
        poses,
        IntColumn.of(strategies),
        centres(path),
        target.centreWorld());
  }

  /** Where the camera has been on the way to a node, the root first. */
  private List<Point3> centres(NodePath path) throws UnscorableTargetException {
    List<Point3> centres = new ArrayList<>();
    if (!path.isRoot()) {
      centres.addAll(centres(path.parent()));
    }
    centres.add(state(path).worldFromCamera().translation());
    return centres;
  }

  private List<PointBuffer> clouds(CandidateShell candidates, IntColumn validRows) {
    long mark = sample.clock().start();
    List<PointBuffer> clouds = new ArrayList<>(validRows.length());
    for (int i = 0; i < validRows.length(); i++) {
      clouds.add(sample.views().cloud(candidates.worldFromCamera().get(validRows.at(i))));
    }
    sample.clock().stop(Stage.RENDER, mark);
    sample.clock().count(Work.RAYS, clouds.size() * sample.views().raysPerCloud());
    return clouds;
  }

  private void scoreTarget(NodeState state, List<PointBuffer> clouds, GainMetrics metrics) {
    long mark = sample.clock().start();
    List<CandidateError> errors = new ArrayList<>(clouds.size());
    for (PointBuffer cloud : clouds) {
      errors.add(oracle.score(state.target(), cloud));
    }
    metrics.target(rootErrorM2(), state.target(), errors);
    sample.clock().stop(Stage.TARGET_SCORE, mark);
    sample
        .clock()
        .count(Work.POINT_DISTANCES, errors.stream().mapToLong(CandidateError::support).sum());
  }

  /**
   * Adds the scene metrics; returns the first scene error on the way here, NaN if there is none.
   */
  private double scoreScene(
      NodePath path, NodeState state, List<PointBuffer> clouds, GainMetrics metrics)
      throws UnscorableTargetException {
    double known = path.isRoot() ? Double.NaN : expansion(path.parent()).sceneRootErrorM2();
    if (sample.scene().isEmpty() || clouds.isEmpty()) {
      return known;
    }
    long mark = sample.clock().start();
    Optional<SceneErrors> errors = sample.scene().get().score(state.history(), clouds);
    double rootError = known;
    if (errors.isPresent()) {
      rootError = Double.isNaN(known) ? errors.get().before().distance() : known;
      metrics.scene(rootError, errors.get());
    }
    sample.clock().stop(Stage.SCENE_SCORE, mark);
    sample.clock().count(Work.POINT_DISTANCES, errors.map(SceneErrors::pointsAdded).orElse(0L));
    return rootError;
  }

  /** Why a candidate of a node is where it is and is valid or not. */
  CandidateExplanation explain(NodePath path, int shellIndex) throws UnscorableTargetException {
    return sample.generator().explain(request(path, state(path)), shellIndex);
  }

  private CandidateRequest request(NodePath path, NodeState state) {
    return new CandidateRequest(
        state.worldFromCamera(),
        Optional.of(target.centreWorld()),
        sample.occupancyExtent(),
        key(path));
  }

  /** The state of a node whose parents are expanded. */
  NodeState state(NodePath path) throws UnscorableTargetException {
    if (path.isRoot()) {
      return root;
    }
    NodeState known = states.get(path);
    if (known != null) {
      return known;
    }
    NodeState parent = state(path.parent());
    Pose12 pose = selectedPose(path);
    long mark = sample.clock().start();
    PointBuffer cloud = sample.views().cloud(pose);
    sample.clock().stop(Stage.RENDER, mark);
    sample.clock().count(Work.RAYS, sample.views().raysPerCloud());
    mark = sample.clock().start();
    TargetState after = oracle.after(parent.target(), cloud);
    sample.clock().stop(Stage.TARGET_SCORE, mark);
    List<PointBuffer> history = new ArrayList<>(parent.history());
    history.add(cloud);
    NodeState state = new NodeState(pose, after, List.copyOf(history));
    states.put(path, state);
    return state;
  }

  private Pose12 selectedPose(NodePath path) {
    CandidateShell candidates = expansions.get(path.parent()).candidates();
    return candidates.worldFromCamera().get(path.lastShellIndex());
  }

  private NodeKey key(NodePath path) {
    return new NodeKey(
        sample.sampleKey(),
        target.targetId(),
        path.shellIndices(),
        path.proposals().replica(),
        path.proposals().seed());
  }

  private static IntColumn validRows(CandidateShell candidates) {
    int[] rows = new int[candidates.validCount()];
    int count = 0;
    for (int row = 0; row < candidates.size(); row++) {
      if (candidates.valid().at(row)) {
        rows[count++] = row;
      }
    }
    return IntColumn.of(rows);
  }
}
