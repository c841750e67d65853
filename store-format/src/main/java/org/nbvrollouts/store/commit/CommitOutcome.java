package org.nbvrollouts.store.commit;

import java.nio.charset.StandardCharsets;

/**
 * Settled outcome of creating a commit marker. An outcome that cannot be known is a {@link
 * CommitStateUnknownException}, so that nobody can forget it.
 */
public sealed interface CommitOutcome {

  /** The marker holds the bytes of this attempt, whoever wrote them. */
  record Committed() implements CommitOutcome {}

  /**
   * The marker of another attempt was there first.
   *
   * @param markerText its content
   */
  record AlreadyCommitted(String markerText) implements CommitOutcome {
    static AlreadyCommitted of(byte[] marker) {
      return new AlreadyCommitted(new String(marker, StandardCharsets.UTF_8));
    }
  }
}
