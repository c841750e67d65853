package org.nbvrollouts.pipeline.policy;

/** What a greedy policy takes most of (specification generation 7.3). */
enum GreedyScore {
  /** The label of the oracle. */
  LABEL("oracle_greedy") {
    @Override
    double of(SelectionInput node, int row) {
      return node.scores().at(row);
    }
  },
  /** Metres to the nearest place the camera has been. */
  DISTANCE_TO_HISTORY("farthest_from_history") {
    @Override
    double of(SelectionInput node, int row) {
      return node.distanceToChain(row);
    }
  },
  /** Metres to where the camera stands. */
  DISTANCE_TO_REFERENCE("farthest_from_reference") {
    @Override
    double of(SelectionInput node, int row) {
      return node.distanceTo(node.referenceCentreWorld(), row);
    }
  };

  private final String policyName;

  GreedyScore(String policyName) {
    this.policyName = policyName;
  }

  /** Name of the policy in configuration and in the store. */
  String policyName() {
    return policyName;
  }

  /** The score of a row. */
  abstract double of(SelectionInput node, int row);
}
