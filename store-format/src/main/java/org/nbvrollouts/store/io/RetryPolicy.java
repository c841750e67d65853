package org.nbvrollouts.store.io;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long a call to remote storage is tried again when what failed may pass: throttling, errors of
 * the server, timeouts, lost connections. It is the only one; the retries of the libraries below
 * are switched off where they can be.
 *
 * @param firstPause wait before the second try, doubled from then on
 * @param maxPause longest single wait
 * @param limit time after the first try from which no further one starts
 */
public record RetryPolicy(Duration firstPause, Duration maxPause, Duration limit)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A server may be gone for most of a minute. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(60));

  public RetryPolicy {
    if (firstPause.isNegative() || maxPause.compareTo(firstPause) < 0 || limit.isNegative()) {
      throw new IllegalArgumentException(
          "Invalid retries: first_pause=%s, max_pause=%s, limit=%s (expected 0 <= first <= max)"
              .formatted(firstPause, maxPause, limit));
    }
  }
}
