package org.nbvrollouts.pipeline.oracle;

import java.util.List;

/**
 * Scene errors of a node.
 *
 * @param before error of the current points
 * @param after error after adding each valid candidate's view
 * @param pointsAdded points that these views add, after fusion, together
 */
public record SceneErrors(PointMeshError before, List<PointMeshError> after, long pointsAdded) {

  public SceneErrors {
    after = List.copyOf(after);
  }
}
