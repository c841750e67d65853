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

  /** Seed of the choices a recipe makes at a node. */
  long selectionSeed(NodePath path, RolloutRecipeConfig recipe);
}
