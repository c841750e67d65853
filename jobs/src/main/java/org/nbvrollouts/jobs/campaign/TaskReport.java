package org.nbvrollouts.jobs.campaign;

import java.io.Serializable;
import org.nbvrollouts.store.commit.RolloutShardRunResult;

/**
 * What a task sends back: how the attempt ended, and where it ran.
 *
 * @param seat the executor, which now has the mesh of the shard's scene
 */
record TaskReport(RolloutShardRunResult result, Seat seat) implements Serializable {
  private static final long serialVersionUID = 1L;
}
