package org.nbvrollouts.store.rollout;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One retained chain.
 *
 * @param steps executed steps in order; empty if the root had nothing to select
 * @param terminatedEarly true if no valid candidate or nothing selectable ended the chain
 * @param cumulativeRri running sum of the scorer's {@code rri}
 */
public record RolloutTrajectory(
    List<RolloutStepRecord> steps, boolean terminatedEarly, OptionalDouble cumulativeRri) {

  public RolloutTrajectory {
    steps = List.copyOf(steps);
  }
}
