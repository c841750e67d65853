package org.nbvrollouts.jobs.explain;

import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.jobs.origin.ChainOrigin;
import org.nbvrollouts.jobs.origin.StoredChain;
import org.nbvrollouts.jobs.origin.StoredRow;
import org.nbvrollouts.jobs.origin.StoredStep;
import org.nbvrollouts.pipeline.candidate.CandidateExplanation;
import org.nbvrollouts.pipeline.oracle.ScoreExplanation;
import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;
import org.nbvrollouts.pipeline.policy.SelectionDraw;
import org.nbvrollouts.pipeline.rollout.InspectedNode;
import org.nbvrollouts.pipeline.rollout.TargetInspector;

/**
 * One stored candidate and what generation does when it is asked again.
 *
 * @param chain the stored rollout
 * @param step the stored step
 * @param stepIndex 0 at the root
 * @param shellIndex position in the candidate table
 * @param origin what the rollout was made from
 * @param target its target, generated again
 * @param node the node of the step
 * @param why how the candidate was drawn and judged
 * @param score how its label comes about; of an invalid candidate, what it would have been
 */
public record CandidateCase(
    StoredChain chain,
    StoredStep step,
    int stepIndex,
    int shellIndex,
    ChainOrigin origin,
    TargetInspector target,
    InspectedNode node,
    CandidateExplanation why,
    ScoreExplanation score) {

  static CandidateCase of(
      StoredChain chain,
      int stepIndex,
      int shellIndex,
      ChainOrigin origin,
      TargetInspector target,
      InspectedNode node)
      throws UnscorableTargetException {
    return new CandidateCase(
        chain,
        chain.steps().get(stepIndex),
        stepIndex,
        shellIndex,
        origin,
        target,
        node,
        node.explanation(shellIndex),
        node.score(shellIndex));
  }

  /** Row of {@code candidates}. */
  StoredRow stored() {
    return step.candidates().get(shellIndex);
  }

  /** Row of {@code candidate_diagnostics}. */
  StoredRow diagnostics() {
    return step.diagnostics().get(shellIndex);
  }

  /** Metrics by name, none of an invalid candidate. */
  Map<String, Double> metrics() {
    return node.metrics(shellIndex);
  }

  /** True if the candidate passed every rule. */
  public boolean isValid() {
    return why.isValid();
  }

  /** True if this chain went on from the candidate. */
  boolean isSelected() {
    return step.selectedShellIndex() == shellIndex;
  }

  /** The choice that this chain made at the step; empty if generation does not make it. */
  Optional<SelectionDraw> draw() {
    Optional<Integer> selected = node.validIndex(step.selectedShellIndex());
    return node.draws().stream()
        .filter(draw -> selected.isPresent() && draw.index() == selected.get())
        .findFirst();
  }

  /** A value of an extra column of the candidate table. */
  double extra(String name) {
    return node.candidates().extras().get(name).at(shellIndex);
  }
}
