package org.nbvrollouts.pipeline.rollout;

import java.util.ArrayList;
import java.util.List;

/**
 * Place of a node in the tree of one row and target. Equal paths have equal candidates and labels,
 * whichever recipe came along them.
 *
 * @param proposals where the candidate tables come from
 * @param shellIndices candidates selected so far, empty at the root
 */
record NodePath(ProposalStream proposals, List<Integer> shellIndices) {

  NodePath {
    shellIndices = List.copyOf(shellIndices);
  }

  static NodePath root(ProposalStream proposals) {
    return new NodePath(proposals, List.of());
  }

  boolean isRoot() {
    return shellIndices.isEmpty();
  }

  /** The node reached by selecting a candidate here. */
  NodePath child(int shellIndex) {
    List<Integer> indices = new ArrayList<>(shellIndices);
    indices.add(shellIndex);
    return new NodePath(proposals, indices);
  }

  /** The node this one was reached from; not for the root. */
  NodePath parent() {
    return new NodePath(proposals, shellIndices.subList(0, shellIndices.size() - 1));
  }

  /** The candidate whose selection led here; not for the root. */
  int lastShellIndex() {
    return shellIndices.get(shellIndices.size() - 1);
  }
}
