package org.nbvrollouts.jobs.benchmark;

import org.nbvrollouts.store.commit.RolloutShardRunResult;

/** A row was not built, so there is nothing to measure. */
public final class UnfinishedBuildException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RolloutShardRunResult.Unfinished result;

  UnfinishedBuildException(RolloutShardRunResult.Unfinished result) {
    super(result.failure().error());
    this.result = result;
  }

  /** What became of it. */
  public RolloutShardRunResult.Unfinished result() {
    return result;
  }
}
