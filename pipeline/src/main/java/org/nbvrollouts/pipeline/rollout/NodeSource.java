package org.nbvrollouts.pipeline.rollout;

import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;

/** Expansions of the nodes of one row and target. */
interface NodeSource {

  /**
   * Candidates and labels of a node.
   *
   * @throws UnscorableTargetException if the target has no label there
   */
  NodeExpansion expansion(NodePath path) throws UnscorableTargetException;

  /** Random numbers of the choices of a recipe, from their beginning. */
  SelectionStreams selectionStreams(RolloutRecipeConfig recipe);
}
