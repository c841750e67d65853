package org.nbvrollouts.store.commit;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.manifest.RolloutShardEntry;

/**
 * Runs attempts of shards by the protocol of specification campaign 9.4. Whatever happens to an
 * attempt, and however many run at once, at most one marker is created for a shard and what it
 * names is complete. Thread-safe; one committer serves all tasks of a process.
 *
 * @param layout folders of the campaign
 * @param io storage of the campaign; every effect of an attempt but the builder's, the publisher's
 *     rename and forcing to disk goes through it
 * @param inspection validation and logical seal of a written store
 */
public record ShardCommitter(
    CampaignLayout layout,
    StoreIO io,
    Publisher publisher,
    StoreInspection inspection,
    CommitPolicy policy,
    CommitClock clock) {

  /**
   * Builds one shard and commits it, or finds that there is nothing to do. What goes wrong with the
   * shard is a result, not an exception; only an {@link Error} of the JVM other than exhausted
   * memory or stack, or a failed class, is thrown.
   */
  public RolloutShardRunResult run(
      RolloutShardEntry entry, ShardAttempt attempt, ShardBuilder builder) {
    return run(entry, attempt, builder, () -> false);
  }

  /**
   * The same for an attempt that may be told to stop, for example by a scheduler that no longer
   * needs it.
   *
   * @param stopRequested asked between steps and right before the store becomes visible; a stopped
   *     attempt removes its files and leaves no failure marker
   */
  public RolloutShardRunResult run(
      RolloutShardEntry entry,
      ShardAttempt attempt,
      ShardBuilder builder,
      BooleanSupplier stopRequested) {
    return new AttemptRun(this, entry, attempt, stopRequested).run(builder);
  }

  /**
   * Commits what an attempt sealed, in place of that attempt. For the one process that may: see
   * {@link CommitPolicy.CommittedBy#DRIVER}.
   *
   * @param attempt the one that sealed the store, as far as its driver knows it
   * @param sinceHandedOut from before the attempt started until now
   */
  public RolloutShardRunResult commit(
      RolloutShardEntry entry,
      ShardAttempt attempt,
      RolloutShardRunResult.Sealed sealed,
      Duration sinceHandedOut) {
    return new AttemptRun(this, entry, attempt, () -> false).commit(sealed, sinceHandedOut);
  }
}
