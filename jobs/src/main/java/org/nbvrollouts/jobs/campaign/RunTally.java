package org.nbvrollouts.jobs.campaign;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.jobs.campaign.CampaignRunResult.Ending;
import org.nbvrollouts.store.commit.RolloutShardRunResult;

/** Counts how attempts ended. Not thread-safe. */
final class RunTally {
  private final Map<Ending, Long> endings = new HashMap<>();
  private long divergent;

  void add(RolloutShardRunResult result) {
    if (result instanceof RolloutShardRunResult.Unfinished unfinished) {
      count(new Ending(result.outcome(), Optional.of(unfinished.failure().kind())));
      return;
    }
    count(new Ending(result.outcome(), Optional.empty()));
    if (result instanceof RolloutShardRunResult.Finished finished && finished.divergent()) {
      divergent++;
    }
  }

  CampaignRunResult result(Optional<String> stopped, boolean interrupted, long durationMs) {
    return new CampaignRunResult(endings, divergent, stopped, interrupted, durationMs);
  }

  private void count(Ending ending) {
    endings.merge(ending, 1L, Long::sum);
  }
}
