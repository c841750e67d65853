package org.nbvrollouts.jobs.campaign;

import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.commit.AttemptOutcome;
import org.nbvrollouts.store.manifest.FailureKind;

/**
 * What the attempts of one run came to, counted; what is finished is said by the status alone. Its
 * size does not depend on the number of shards.
 *
 * @param endings attempts by how they ended; committed as well if another attempt of the same run
 *     committed the shard
 * @param divergent attempts that built other data than what is committed
 * @param stopped why the run started no more shards, if it stopped early
 * @param interrupted a signal ended the run; the process is about to end as well
 * @param durationMs wall time from the first job on
 */
public record CampaignRunResult(
    Map<Ending, Long> endings,
    long divergent,
    Optional<String> stopped,
    boolean interrupted,
    long durationMs) {
  public CampaignRunResult {
    endings = Map.copyOf(endings);
  }

  /**
   * How an attempt ended.
   *
   * @param failure typed cause where the shard is still to do
   */
  public record Ending(AttemptOutcome outcome, Optional<FailureKind> failure) {}

  /** Number of attempts that ended this way. */
  public long count(AttemptOutcome wanted) {
    return endings.entrySet().stream()
        .filter(ending -> ending.getKey().outcome() == wanted)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
