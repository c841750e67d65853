package org.nbvrollouts.jobs.campaign;

import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.commit.AttemptOutcome;
import org.nbvrollouts.store.commit.RolloutShardRunResult;

/**
 * What the attempts of one run reported; what is finished is said by the status alone.
 *
 * @param outcomes one per shard that was tried, in order of ending
 * @param stopped why the run started no more shards, if it stopped early
 * @param interrupted a signal ended the run; the process is about to end as well
 * @param durationMs wall time from the first job on
 */
public record CampaignRunResult(
    List<RolloutShardRunResult> outcomes,
    Optional<String> stopped,
    boolean interrupted,
    long durationMs) {
  public CampaignRunResult {
    outcomes = List.copyOf(outcomes);
  }

  /** Number of attempts that ended this way. */
  public long count(AttemptOutcome wanted) {
    return outcomes.stream().filter(result -> result.outcome() == wanted).count();
  }

  /** Attempts after which the shard is still to do. */
  public List<RolloutShardRunResult.Unfinished> unfinished() {
    return outcomes.stream()
        .filter(RolloutShardRunResult.Unfinished.class::isInstance)
        .map(RolloutShardRunResult.Unfinished.class::cast)
        .toList();
  }

  /** Attempts that built other data than what is committed. */
  public List<RolloutShardRunResult.Finished> divergent() {
    return outcomes.stream()
        .filter(RolloutShardRunResult.Finished.class::isInstance)
        .map(RolloutShardRunResult.Finished.class::cast)
        .filter(RolloutShardRunResult.Finished::divergent)
        .toList();
  }
}
