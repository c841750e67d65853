package org.nbvrollouts.jobs.campaign;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.nbvrollouts.jobs.config.RunSettings;
import org.nbvrollouts.store.commit.AttemptOutcome;
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
  private static final double BYTES_PER_GIB = 1L << 30;

  private final RunSettings limits;
  private final Supplier<OptionalLong> freeSpace;
  private final long startNanos;
  private final Map<FailureKind, Integer> failuresByKind = new EnumMap<>(FailureKind.class);
  private int ended;
  private int failed;
  private int failedInARow;

  /**
   * @param freeSpace bytes that are free where stores go, if its storage can say
   */
  StopRule(RunSettings limits, Supplier<OptionalLong> freeSpace, long startNanos) {
    this.limits = limits;
    this.freeSpace = freeSpace;
    this.startNanos = startNanos;
  }

  void add(RolloutShardRunResult result) {
    if (result.isSkipped() || result.outcome() == AttemptOutcome.CANCELLED) {
      return;
    }
    ended++;
    if (result instanceof RolloutShardRunResult.Unfinished unfinished) {
      failed++;
      failedInARow++;
      failuresByKind.merge(unfinished.failure().kind(), 1, Integer::sum);
    } else {
      failedInARow = 0;
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
    return commonCause().or(this::fullDisk);
  }

  private Optional<String> fullDisk() {
    if (limits.keepFreeGib().isEmpty()) {
      return Optional.empty();
    }
    OptionalLong free = freeSpace.get();
    if (free.isEmpty() || free.getAsLong() >= limits.keepFreeGib().getAsDouble() * BYTES_PER_GIB) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "too little space is left (keep_free_gib=%s, free_gib=%.1f)",
            limits.keepFreeGib().getAsDouble(),
            free.getAsLong() / BYTES_PER_GIB));
  }

  private Optional<String> commonCause() {
    if (failedInARow >= limits.maxConsecutiveFailures()) {
      return Optional.of(
          "one attempt after the other fails (max_consecutive_failures=" + failedInARow + ")");
    }
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
