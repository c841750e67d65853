package org.nbvrollouts.store.commit;

import java.util.Locale;

/** How one attempt of a shard ended (specification campaign 8.2). */
public enum AttemptOutcome {
  /** The store is complete; the driver of the campaign is about to commit it. */
  SEALED,
  COMMITTED,
  SKIPPED_CURRENT,
  LOST_RACE,
  FAILED,
  REFUSED,
  INSUFFICIENT_SUPPORT,
  CANCELLED,
  TIMED_OUT,
  QUARANTINED;

  /** Name in reports. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
