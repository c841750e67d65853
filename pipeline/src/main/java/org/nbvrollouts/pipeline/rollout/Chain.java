package org.nbvrollouts.pipeline.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.nbvrollouts.pipeline.policy.SelectionDraw;

/**
 * One trajectory under construction.
 *
 * @param path node at its end
 * @param steps what was chosen so far
 * @param isTerminatedEarly nothing was selectable at its end
 * @param cumulativeScore sum of selection scores
 */
record Chain(NodePath path, List<Choice> steps, boolean isTerminatedEarly, double cumulativeScore) {

  /**
   * One step.
   *
   * @param node where the choice was made
   * @param draw what was chosen and the distribution it came from
   * @param child node the choice leads to
   */
  record Choice(NodeExpansion node, SelectionDraw draw, NodePath child) {

    double metric(String name) {
      return node.metrics().get(name).at(draw.index());
    }
  }

  Chain {
    steps = List.copyOf(steps);
  }

  static Chain empty(ProposalStream proposals) {
    return new Chain(NodePath.root(proposals), List.of(), false, 0);
  }

  /** This chain, ended where it is. */
  Chain terminated() {
    return new Chain(path, steps, true, cumulativeScore);
  }

  /** This chain and one more step. */
  Chain extended(NodeExpansion node, SelectionDraw draw) {
    NodePath child = path.child(node.validRows().at(draw.index()));
    List<Choice> extended = new ArrayList<>(steps);
    extended.add(new Choice(node, draw, child));
    return new Chain(child, extended, false, cumulativeScore + draw.score());
  }

  /** Sum of {@code rri}, empty without a step. */
  OptionalDouble cumulativeRri() {
    if (steps.isEmpty()) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (Choice step : steps) {
      sum += step.metric("rri");
    }
    return OptionalDouble.of(sum);
  }
}
