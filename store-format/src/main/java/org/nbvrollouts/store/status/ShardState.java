package org.nbvrollouts.store.status;

import java.util.Locale;

/** The four words for a shard (specification campaign 8). */
public enum ShardState {
  /** Committed, and everything the marker names verifies. */
  SUCCEEDED,
  /** Nothing published, and at least one attempt left a failure marker. */
  FAILED,
  /** Something is there that does not verify. */
  INCOMPLETE,
  /** Nothing published. */
  MISSING;

  /** Name in reports. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
