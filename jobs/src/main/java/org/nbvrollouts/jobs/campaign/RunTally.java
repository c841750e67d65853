package org.nbvrollouts.jobs.campaign;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.nbvrollouts.jobs.campaign.CampaignRunResult.Ending;
import org.nbvrollouts.store.commit.AttemptOutcome;
import org.nbvrollouts.store.commit.RolloutShardRunResult;

/**
 * Counts how attempts ended. One that found its shard committed by another attempt of the same run
 * counts as committed: Spark runs a task again whose executor was lost after the commit, and the
 * answer of the first never comes. Not thread-safe.
 */
final class RunTally {
  private final Predicate<String> isOfThisRun;
  private final Map<Ending, Long> endings = new HashMap<>();
  private long divergent;

  /**
   * @param isOfThisRun whether an attempt is, by its id
   */
  RunTally(Predicate<String> isOfThisRun) {
    this.isOfThisRun = isOfThisRun;
  }

  void add(RolloutShardRunResult result) {
    if (result instanceof RolloutShardRunResult.Unfinished unfinished) {
      count(new Ending(result.outcome(), Optional.of(unfinished.failure().kind())));
      return;
    }
    AttemptOutcome outcome = result.outcome();
    if (result instanceof RolloutShardRunResult.Finished finished) {
      divergent += finished.divergent() ? 1 : 0;
      outcome =
          isOfThisRun.test(finished.committedAttemptId()) ? AttemptOutcome.COMMITTED : outcome;
    }
    count(new Ending(outcome, Optional.empty()));
  }

  CampaignRunResult result(Optional<String> stopped, boolean interrupted, long durationMs) {
    return new CampaignRunResult(endings, divergent, stopped, interrupted, durationMs);
  }

  private void count(Ending ending) {
    endings.merge(ending, 1L, Long::sum);
  }
}
