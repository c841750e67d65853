package org.nbvrollouts.pipeline.replay;

import java.util.List;
import java.util.Optional;
import org.nbvrollouts.pipeline.reference.ReferenceNode;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/**
 * A node: its candidates and what they add to the reconstruction of the target.
 *
 * @param worldFromCamera pose at the node
 * @param candidates the whole table
 * @param validRows shell index per valid candidate, ascending
 * @param clouds whole cloud per valid candidate, world metres
 * @param target errors of the target; empty if it has no label here
 */
public record ReplayedNode(
    Pose12 worldFromCamera,
    List<ReplayedCandidate> candidates,
    List<Integer> validRows,
    List<List<Point3>> clouds,
    Optional<ReferenceNode> target) {

  public ReplayedNode {
    candidates = List.copyOf(candidates);
    validRows = List.copyOf(validRows);
    clouds = List.copyOf(clouds);
  }
}
