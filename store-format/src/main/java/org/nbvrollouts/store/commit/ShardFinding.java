package org.nbvrollouts.store.commit;

import java.io.Serializable;

/**
 * One reason with its place.
 *
 * @param detail file and values, for people
 */
public record ShardFinding(ShardReason reason, String detail) implements Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public String toString() {
    return reason.text() + ": " + detail;
  }
}
