package org.nbvrollouts.pipeline.rollout;

import java.util.List;
import org.nbvrollouts.pipeline.candidate.CandidateExplanation;
import org.nbvrollouts.pipeline.oracle.RootCloudBuilder;
import org.nbvrollouts.pipeline.oracle.RootEvaluationCloud;
import org.nbvrollouts.pipeline.oracle.TargetOracle;
import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;
import org.nbvrollouts.pipeline.oracle.VoxelFusion;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.pipeline.target.SelectedTarget;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Looks into the nodes of one row and target for a person who asks why a candidate is judged and
 * scored as it is. It runs the code that generates rollouts, so its numbers are those of the store.
 * For one thread at a time.
 */
public final class TargetInspector {
  private final SampleContext context;
  private final TargetOracle oracle;
  private final TargetNodes nodes;
  private final TriangleMesh keptFaces;

  private TargetInspector(
      SampleContext context, TargetOracle oracle, TargetNodes nodes, TriangleMesh keptFaces) {
    this.context = context;
    this.oracle = oracle;
    this.nodes = nodes;
    this.keptFaces = keptFaces;
  }

  /**
   * Prepares a row and target.
   *
   * @throws UnscorableTargetException if the target has no label at the root
   * @throws RefusedInputException if the row has no root cloud or the target no true box
   */
  public static TargetInspector of(
      RolloutGenerationConfig config, SourceSample sample, SceneMesh mesh, SelectedTarget target)
      throws UnscorableTargetException {
    VoxelFusion fusion = new VoxelFusion();
    RootFacts root = RootFacts.of(sample, config.candidateMixture().base().referenceFrameIndex());
    RootEvaluationCloud cloud =
        new RootCloudBuilder(config.targetScorer(), fusion)
            .build(sample, mesh.bvh(), root.frames(sample.actor().trajectory()))
            .orElseThrow(
                () ->
                    new RefusedInputException(
                        "Cannot inspect row: it has no root cloud (sample="
                            + sample.identity().sampleKey()
                            + ")"));
    OracleTarget truth =
        target
            .oracle()
            .orElseThrow(
                () ->
                    new RefusedInputException(
                        "Cannot inspect target: it has no true box (target="
                            + target.actor().targetId()
                            + ")"));
    SampleContext context =
        SampleContext.of(
            config, sample, mesh, root, cloud.pointsWorld(), fusion, new StageClock(() -> 0));
    TargetOracle oracle = TargetOracle.of(config.targetScorer(), fusion, truth, mesh.mesh());
    return new TargetInspector(
        context,
        oracle,
        new TargetNodes(context, target.actor(), oracle),
        oracle.keptFaces(mesh.mesh()));
  }

  /**
   * A node of a chain.
   *
   * @param recipe whose choices are asked for
   * @param shellIndices candidates selected before this node, empty at the root
   * @throws UnscorableTargetException if the target has no label there
   */
  public InspectedNode node(RolloutRecipeConfig recipe, List<Integer> shellIndices)
      throws UnscorableTargetException {
    NodePath path = NodePath.root(recipe.proposals());
    for (int shellIndex : shellIndices) {
      nodes.expansion(path);
      path = path.child(shellIndex);
    }
    NodeExpansion expansion = nodes.expansion(path);
    return new InspectedNode(
        this,
        path,
        expansion,
        nodes.state(path),
        new RolloutEngine(recipe, nodes, context.clock()).drawsAt(path));
  }

  /** The faces of the scene that labels of the target are measured against. */
  public TriangleMesh keptFaces() {
    return keptFaces;
  }

  /** Error of the target before the first step, m². */
  public double rootErrorM2() {
    return nodes.rootErrorM2();
  }

  SampleContext context() {
    return context;
  }

  TargetOracle oracle() {
    return oracle;
  }

  CandidateExplanation explain(NodePath path, int shellIndex) throws UnscorableTargetException {
    return nodes.explain(path, shellIndex);
  }
}
