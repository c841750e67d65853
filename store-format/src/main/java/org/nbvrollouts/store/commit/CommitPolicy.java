package org.nbvrollouts.store.commit;

import java.io.Serializable;
import java.time.Duration;

/**
 * Choices of a campaign about its attempts; none of them enters a hash.
 *
 * @param verifyLevel what must hold before finished work is skipped; {@code FILES} or {@code FULL}
 * @param maxCrashes attempts of a shard that may vanish before it is quarantined
 * @param commitTries tries to settle one commit while the storage gives no answer
 * @param firstPause wait before the second try, doubled from then on
 * @param committedBy who creates markers
 */
public record CommitPolicy(
    VerifyLevel verifyLevel,
    RollForward rollForward,
    EmptyShards emptyShards,
    int maxCrashes,
    int commitTries,
    Duration firstPause,
    CommittedBy committedBy)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Defaults: seals before skipping, roll-forward, empty shards allowed, three crashes. */
  public static final CommitPolicy DEFAULT =
      new CommitPolicy(
          VerifyLevel.FILES,
          RollForward.ON,
          EmptyShards.ALLOWED,
          3,
          6,
          Duration.ofMillis(200),
          CommittedBy.ATTEMPT);

  /** Whether the commit of a dead attempt is completed from what it published. */
  public enum RollForward {
    ON,
    OFF
  }

  /** Whether a shard without a single rollout is committed. */
  public enum EmptyShards {
    ALLOWED,
    REFUSED
  }

  /** Who creates the marker of a shard. */
  public enum CommittedBy {
    /** Every attempt its own: the storage lets one of them win. */
    ATTEMPT,
    /**
     * The one driver of the campaign, for storage that does not refuse a taken name. Attempts end
     * with a sealed store, published by pointer, and the driver holds a lock that nobody else can
     * have.
     */
    DRIVER
  }

  public CommitPolicy {
    if (verifyLevel == VerifyLevel.MARKER) {
      throw new IllegalArgumentException(
          "Invalid verify level: marker (expected files or full, a marker alone proves nothing)");
    }
    if (maxCrashes < 1 || commitTries < 1) {
      throw new IllegalArgumentException(
          "Invalid limits: maxCrashes=%d, commitTries=%d (expected at least 1)"
              .formatted(maxCrashes, commitTries));
    }
  }
}
