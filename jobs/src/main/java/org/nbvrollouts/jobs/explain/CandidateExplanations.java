package org.nbvrollouts.jobs.explain;

import org.nbvrollouts.jobs.origin.ChainOrigin;
import org.nbvrollouts.jobs.origin.StoreOrigin;
import org.nbvrollouts.jobs.origin.StoredChain;
import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;
import org.nbvrollouts.pipeline.rollout.InspectedNode;
import org.nbvrollouts.pipeline.rollout.TargetInspector;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * The candidates of one stored step, each to be explained. The node is generated once. For one
 * thread at a time.
 */
public final class CandidateExplanations {
  private final StoredChain chain;
  private final int stepIndex;
  private final ChainOrigin origin;
  private final TargetInspector target;
  private final InspectedNode node;

  private CandidateExplanations(
      StoredChain chain,
      int stepIndex,
      ChainOrigin origin,
      TargetInspector target,
      InspectedNode node) {
    this.chain = chain;
    this.stepIndex = stepIndex;
    this.origin = origin;
    this.target = target;
    this.node = node;
  }

  /**
   * Generates the node of a step again.
   *
   * @param stepIndex 0 at the root
   * @throws RefusedInputException if the rollout has no such step, or source, mesh or configuration
   *     are not those of the store
   * @throws InvalidContentException if the target cannot be scored there, which contradicts the
   *     store
   */
  public static CandidateExplanations of(StoreOrigin store, StoredChain chain, int stepIndex) {
    requireStep(chain, stepIndex);
    ChainOrigin origin = store.origin(chain);
    try {
      TargetInspector target =
          TargetInspector.of(
              origin.config().writer().generation(),
              origin.sample(),
              origin.sceneMesh(),
              origin.target());
      InspectedNode node = target.node(origin.recipe(), chain.path(stepIndex));
      return new CandidateExplanations(chain, stepIndex, origin, target, node);
    } catch (UnscorableTargetException e) {
      throw unscorable(chain, e);
    }
  }

  /** Refuses a step that a rollout does not have. */
  public static void requireStep(StoredChain chain, int stepIndex) {
    if (stepIndex < 0 || stepIndex >= chain.steps().size()) {
      throw new RefusedInputException(
          "Cannot find step: the rollout has no such step (step="
              + stepIndex
              + ", expected 0 to "
              + (chain.steps().size() - 1)
              + ", rollout="
              + chain.id()
              + ")");
    }
  }

  /** Refuses a candidate that a step does not have. */
  public static void requireCandidate(StoredChain chain, int stepIndex, int shellIndex) {
    int size = chain.steps().get(stepIndex).candidates().size();
    if (shellIndex < 0 || shellIndex >= size) {
      throw new RefusedInputException(
          "Cannot find candidate: the step has no such shell index (candidate="
              + shellIndex
              + ", expected 0 to "
              + (size - 1)
              + ", step="
              + stepIndex
              + ", rollout="
              + chain.id()
              + ")");
    }
  }

  /**
   * One candidate.
   *
   * @throws RefusedInputException if the step has no such candidate
   */
  public CandidateCase candidate(int shellIndex) {
    requireCandidate(chain, stepIndex, shellIndex);
    try {
      return CandidateCase.of(chain, stepIndex, shellIndex, origin, target, node);
    } catch (UnscorableTargetException e) {
      throw unscorable(chain, e);
    }
  }

  private static InvalidContentException unscorable(
      StoredChain chain, UnscorableTargetException cause) {
    return new InvalidContentException(
        "Cannot explain rollout: its target has no label any more (rollout="
            + chain.id()
            + "): "
            + cause.getMessage());
  }
}
