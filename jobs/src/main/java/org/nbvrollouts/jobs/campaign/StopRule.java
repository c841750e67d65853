package org.nbvrollouts.jobs.campaign;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.jobs.config.RunSettings;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.manifest.FailureKind;

/**
 * When a run stops before its end: limits the user set, and a circuit breaker for a cause that hits
 * every shard (specification campaign 9.6). Not thread-safe.
 */
final class StopRule {
  private static final int BREAKER_ATTEMPTS = 10;
  private static final double BREAKER_SHARE = 0.8;
  private static final double NANOS_PER_MINUTE = 60e9;

  private final RunSettings limits;
  private final long startNanos;
  private final Map<FailureKind, Integer> failuresByKind = new EnumMap<>(FailureKind.class);
  private int ended;
  private int failed;

  StopRule(RunSettings limits, long startNanos) {
    this.limits = limits;
    this.startNanos = startNanos;
  }

  void add(RolloutShardRunResult result) {
    if (result.isSkipped()) {
      return;
    }
    ended++;
    if (result instanceof RolloutShardRunResult.Unfinished unfinished) {
      failed++;
      failuresByKind.merge(unfinished.failure().kind(), 1, Integer::sum);
    }
  }

  /** How many more shards may be started while this many run; never negative. */
  int room(int running) {
    int most = limits.maxNewShards().orElse(Integer.MAX_VALUE);
    return Math.max(0, most - (ended - failed) - running);
  }

  /** Why no more shards are started, if so. */
  Optional<String> reason(long nowNanos) {
    if (failed >= limits.maxFailedShards()) {
      return Optional.of("limit of failed shards reached (max_failed_shards=" + failed + ")");
    }
    if (limits.maxNewShards().isPresent() && ended - failed >= limits.maxNewShards().getAsInt()) {
      return Optional.of(
          "limit of new shards reached (max_new_shards=" + limits.maxNewShards().getAsInt() + ")");
    }
    if (limits.stopAfterMinutes().isPresent()
        && (nowNanos - startNanos) / NANOS_PER_MINUTE >= limits.stopAfterMinutes().getAsDouble()) {
      return Optional.of(
          "time is up (stop_after_minutes=" + limits.stopAfterMinutes().getAsDouble() + ")");
    }
    return commonCause();
  }

  private Optional<String> commonCause() {
    if (ended < BREAKER_ATTEMPTS) {
      return Optional.empty();
    }
    return failuresByKind.entrySet().stream()
        .filter(entry -> entry.getValue() >= BREAKER_SHARE * ended)
        .findFirst()
        .map(
            entry ->
                "most attempts fail for the same cause (failure_kind="
                    + entry.getKey().text()
                    + ", failed="
                    + entry.getValue()
                    + ", ended="
                    + ended
                    + ")");
  }
}
