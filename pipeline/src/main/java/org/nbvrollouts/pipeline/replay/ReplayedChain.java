package org.nbvrollouts.pipeline.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * A trajectory.
 *
 * @param steps what was chosen, in order
 * @param isTerminatedEarly nothing could be chosen at its end
 * @param cumulativeScore sum of the scores it was selected by
 */
public record ReplayedChain(List<Step> steps, boolean isTerminatedEarly, double cumulativeScore) {

  /**
   * One step.
   *
   * @param path shell indices chosen before it
   * @param node where it was made
   * @param draw the choice
   */
  public record Step(List<Integer> path, ReplayedNode node, ReplayedDraw draw) {
    public Step {
      path = List.copyOf(path);
    }

    /** Chosen row of the table. */
    public int shellIndex() {
      return node.validRows().get(draw.index());
    }
  }

  public ReplayedChain {
    steps = List.copyOf(steps);
  }

  static ReplayedChain empty() {
    return new ReplayedChain(List.of(), false, 0);
  }

  /** Shell indices of all steps. */
  public List<Integer> path() {
    return steps.stream().map(Step::shellIndex).toList();
  }

  ReplayedChain terminated() {
    return new ReplayedChain(steps, true, cumulativeScore);
  }

  ReplayedChain with(Step step) {
    List<Step> all = new ArrayList<>(steps);
    all.add(step);
    return new ReplayedChain(all, false, cumulativeScore + step.draw().score());
  }
}
