package org.nbvrollouts.jobs.origin;

import java.util.List;

/**
 * One rollout as it is stored.
 *
 * @param id text id, such as {@code 00000001-target-00-oracle_greedy-000000}
 * @param rollout its row in the table of rollouts
 * @param lineage configuration, mesh and random streams it comes from
 * @param source row of the source row it starts from
 * @param target row of the target it is about
 * @param steps in order
 */
public record StoredChain(
    String id,
    StoredRow rollout,
    StoredRow lineage,
    StoredRow source,
    StoredRow target,
    List<StoredStep> steps) {

  public StoredChain {
    steps = List.copyOf(steps);
  }

  /** Name of the recipe that made it. */
  public String recipeName() {
    return lineage.text("branch_schedule_id").orElse("");
  }

  /** Shell indices chosen before a step; of the whole chain with the number of steps. */
  public List<Integer> path(int step) {
    return steps.subList(0, step).stream().map(StoredStep::selectedShellIndex).toList();
  }
}
