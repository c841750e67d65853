package org.nbvrollouts.store.commit;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.nbvrollouts.store.manifest.ShardInputs;

/**
 * One execution of one shard entry.
 *
 * @param attemptId {@code a<task attempt>-<12 hex digits>}, see {@link #idOf}
 * @param observed what the task finds, to be compared with what the entry expects
 * @param deadline longest duration, after which the attempt no longer publishes
 * @param runtime versions and host for the sidecars, as JSON values
 */
public record ShardAttempt(
    String attemptId,
    String campaignId,
    ShardInputs observed,
    Place place,
    Duration deadline,
    Map<String, Object> runtime) {
  private static final Pattern ATTEMPT_ID = Pattern.compile("a[0-9]+-[0-9a-f]{12}");

  /** Where an attempt runs, for people. */
  public record Place(String host, String executorId) {}

  public ShardAttempt {
    if (!isAttemptId(attemptId)) {
      throw new IllegalArgumentException(
          "Invalid attempt id: " + attemptId + " (expected a<number>-<12 hex digits>)");
    }
  }

  /**
   * An attempt id. Task attempt numbers repeat between applications, so the random part is what
   * makes it unique.
   *
   * @param random 12 lower-case hex digits
   */
  public static String idOf(long taskAttemptId, String random) {
    return "a" + taskAttemptId + "-" + random;
  }

  /** Whether a name is an attempt id. */
  public static boolean isAttemptId(String name) {
    return ATTEMPT_ID.matcher(name).matches();
  }
}
