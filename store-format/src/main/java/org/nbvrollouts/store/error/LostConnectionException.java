package org.nbvrollouts.store.error;

import java.io.IOException;

/**
 * Remote storage went away in the middle of a call, and kept doing so for as long as it was tried.
 * Clients report that as the end of a file that is whole.
 */
public final class LostConnectionException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The reason without a place, which the message around it names. */
  static final String REASON = "the connection was lost; another try may succeed";

  /**
   * @param verb what was asked of the storage
   * @param location of what
   * @param cause what the client threw
   */
  public LostConnectionException(String verb, String location, IOException cause) {
    super(
        "Cannot %s: %s (location=%s, cause=%s)"
            .formatted(verb, REASON, location, cause.getClass().getSimpleName()),
        cause);
  }
}
