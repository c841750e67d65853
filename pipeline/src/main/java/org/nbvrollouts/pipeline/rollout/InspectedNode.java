package org.nbvrollouts.pipeline.rollout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.pipeline.candidate.CandidateExplanation;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.oracle.ScoreExplanation;
import org.nbvrollouts.pipeline.oracle.TargetState;
import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;
import org.nbvrollouts.pipeline.policy.SelectionDraw;
import org.nbvrollouts.pipeline.render.DepthImage;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.source.Pose12;

/**
 * One node and its candidates, as generated. Candidates are named by shell index. Points are world
 * metres and not to be changed.
 */
public final class InspectedNode {
  private final TargetInspector target;
  private final NodePath path;
  private final NodeExpansion expansion;
  private final TargetNodes.NodeState state;
  private final List<SelectionDraw> draws;

  InspectedNode(
      TargetInspector target,
      NodePath path,
      NodeExpansion expansion,
      TargetNodes.NodeState state,
      List<SelectionDraw> draws) {
    this.target = target;
    this.path = path;
    this.expansion = expansion;
    this.state = state;
    this.draws = List.copyOf(draws);
  }

  /** Pose that moves start from, x left, y up, z forward. */
  public Pose12 worldFromReference() {
    return state.worldFromCamera();
  }

  /** The candidate table, valid or not. */
  public CandidateShell candidates() {
    return expansion.candidates();
  }

  /** What the recipe chooses here, in the order of choice; indices count valid candidates. */
  public List<SelectionDraw> draws() {
    return draws;
  }

  /** Rank among the valid candidates in shell order, or empty if the candidate is invalid. */
  public Optional<Integer> validIndex(int shellIndex) {
    for (int i = 0; i < expansion.validRows().length(); i++) {
      if (expansion.validRows().at(i) == shellIndex) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** Every metric of a valid candidate by name; empty if the candidate is invalid. */
  public Map<String, Double> metrics(int shellIndex) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    validIndex(shellIndex)
        .ifPresent(
            index ->
                expansion.metrics().forEach((name, values) -> metrics.put(name, values.at(index))));
    return metrics;
  }

  /** How the candidate was drawn and judged. */
  public CandidateExplanation explanation(int shellIndex) throws UnscorableTargetException {
    return target.explain(path, shellIndex);
  }

  /** How the label of a candidate comes about; of an invalid one, what it would have been. */
  public ScoreExplanation score(int shellIndex) {
    return target.oracle().explain(state.target(), cloud(shellIndex));
  }

  /** The points a candidate adds to the reconstruction. */
  public PointBuffer cloud(int shellIndex) {
    return target.context().views().cloud(pose(shellIndex));
  }

  /** The camera that scores candidates. */
  public PinholeCamera scoringCamera() {
    return target.context().views().scoringCamera();
  }

  /** The depth image that scores a candidate. */
  public DepthImage scoringImage(int shellIndex) {
    return target.context().views().scoringImage(pose(shellIndex));
  }

  /** What a candidate sees, at another size. */
  public DepthImage view(int shellIndex, int widthPixels) {
    return target.context().views().enlarged(pose(shellIndex), widthPixels);
  }

  /** Target state before the move. */
  public TargetState targetState() {
    return state.target();
  }

  /** Reconstruction at the root. */
  public PointBuffer rootCloud() {
    return target.context().rootCloud();
  }

  /** What the steps before this node added, in step order. */
  public List<PointBuffer> history() {
    return state.history();
  }

  private Pose12 pose(int shellIndex) {
    return candidates().worldFromCamera().get(shellIndex);
  }
}
